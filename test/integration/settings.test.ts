import { env, exports } from 'cloudflare:workers'
import { beforeAll, describe, expect, test } from 'vitest'
import { EMPTY_SETTINGS } from '../../shared/settings'
import { createSite, migrate } from './setup'

beforeAll(migrate)

interface Answer {
  readonly settings: Record<string, unknown>
  readonly error?: { readonly code: string; readonly message: string }
}

const call = async (method: string, path: string, body?: unknown): Promise<[status: number, answer: Answer]> => {
  const response = await exports.default.fetch(`https://stats.example/api/v1/sites${path}`, {
    method,
    headers: { authorization: `Bearer ${env.ADMIN_TOKEN}` },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return [response.status, await response.json<Answer>()]
}

const change = (domain: string, settings: unknown) => call('PATCH', `/${domain}`, { settings })

/** Read from the database, not from the isolate's cache. */
const stored = async (domain: string): Promise<unknown> => {
  const row = await env.DB.prepare('select settings from sites where domain = ?1')
    .bind(domain)
    .first<string>('settings')
  return JSON.parse(row ?? 'null')
}

const listed = async (domain: string): Promise<unknown> => {
  const response = await exports.default.fetch('https://stats.example/api/v1/sites', {
    headers: { authorization: `Bearer ${env.ADMIN_TOKEN}` },
  })
  const { sites } = await response.json<{ sites: { domain: string; settings: unknown }[] }>()
  return sites.find(site => site.domain === domain)?.settings
}

const WHOLE = {
  hostnames: ['checkout.example'],
  conversions: [{ event: 'chat_opened' }, { page: '/thanks*' }, { feature: 'export' }],
  value_event: { event: 'report_shared' },
  product_qualified: [
    { feature: 'export', times: 3 },
    { page: '/pricing', times: 1 },
  ],
  features: [
    { name: 'Export', feature: 'export' },
    { name: 'Search', event: 'search' },
    { name: 'Help', page: '/help/*' },
  ],
  segments: [{ id: 'nordic', name: 'Nordic countries', filters: [['is', 'country', ['SE', 'NO']]] }],
  annotations: [{ day: '2026-01-31', text: 'New prices' }],
  filters_out: [
    { what: 'ip', is: '2001:db8::1' },
    { what: 'page', is: '/admin*' },
  ],
  excluded_verdicts: ['bot', 'rule'],
  kept_parameters: ['q', 'utm_id'],
  goals: [
    { id: 'trial', name: 'Pro trial', event: 'trial_start', where: [['is', 'property:plan', ['pro']]], value: 12.5 },
    { id: 'thanks', name: 'Thanks', page: '/thanks*' },
    { id: 'read', name: 'Read', scroll: 90, where: [['matches', 'page', ['/blog/*']]] },
    { id: 'stayed', name: 'Stayed', seconds: 60 },
  ],
  funnels: [
    {
      id: 'buy',
      name: 'Buy',
      steps: [
        { name: 'Shop', page: '/shop/*' },
        { name: 'Big order', event: 'purchase', where: [['is', 'property:size', ['big']]] },
      ],
      order: 'strict',
      window: 0.5,
      scope: 'session',
    },
  ],
  purchases: 'server',
  browser_money: true,
  gpc: 'drop',
  retention_months: 12,
  daily_bytes: 2_000_000,
  reports: [{ kind: 'email', to: 'ann@shop.dev', every: 'month' }],
  alarms: {
    kind: 'slack',
    to: 'https://hooks.slack.com/services/T0/B0/x',
    tracking_silent: true,
    changed: false,
    quota: true,
    false_alarms: 'year',
  },
}

test('a new site has empty settings', async () => {
  const { domain } = await createSite()
  expect(await listed(domain)).toEqual(EMPTY_SETTINGS)
})

test('settings are returned as sent, on creation and on change', async () => {
  const made = await createSite({ settings: WHOLE })
  expect(await listed(made.domain)).toEqual(WHOLE)
  expect((await call('GET', `/${made.domain}`))[1].settings).toEqual(WHOLE)
  const { domain } = await createSite()
  const [status, answer] = await change(domain, WHOLE)
  expect([status, answer.settings]).toEqual([200, WHOLE])
  expect(await stored(domain)).toEqual(WHOLE)
  expect(await change(domain, answer.settings)).toEqual([status, answer])
})

test('a string is short for a rule, and a feature needs none', async () => {
  const { domain } = await createSite()
  const [, { settings }] = await change(domain, {
    conversions: ['chat_opened', '/thanks*'],
    value_event: '/report/*',
    product_qualified: ['invite_sent', { page: '/pricing', times: null }],
    features: ['export', { name: 'import' }, { name: 'Search', event: 'search', page: null }],
  })
  expect(settings).toEqual({
    hostnames: [],
    conversions: [{ event: 'chat_opened' }, { page: '/thanks*' }],
    value_event: { page: '/report/*' },
    product_qualified: [
      { event: 'invite_sent', times: 1 },
      { page: '/pricing', times: 1 },
    ],
    features: [
      { name: 'export', feature: 'export' },
      { name: 'import', feature: 'import' },
      { name: 'Search', event: 'search' },
    ],
    segments: [],
    annotations: [],
    filters_out: [],
    excluded_verdicts: EMPTY_SETTINGS.excluded_verdicts,
    kept_parameters: [],
    goals: [],
    funnels: [],
    reports: [],
    alarms: null,
    purchases: 'all',
    browser_money: false,
    gpc: 'count',
    retention_months: null,
    daily_bytes: 500_000_000,
  })
})

test('a change keeps unnamed settings, and null empties one', async () => {
  const { domain } = await createSite({ settings: WHOLE })
  const [, changed] = await change(domain, { value_event: 'invite_sent' })
  expect(changed.settings).toEqual({ ...WHOLE, value_event: { event: 'invite_sent' } })
  const [, renamed] = await call('PATCH', `/${domain}`, { name: 'Shop' })
  expect(renamed.settings).toEqual(changed.settings)
  for (const name of Object.keys(WHOLE)) {
    const [, emptied] = await change(domain, { [name]: null })
    expect(emptied.settings[name]).toEqual(EMPTY_SETTINGS[name as keyof typeof EMPTY_SETTINGS])
  }
  expect(await stored(domain)).toEqual(EMPTY_SETTINGS)
})

test('rows stored before other settings existed have them empty', async () => {
  const { domain } = await createSite()
  await env.DB.prepare('update sites set settings = ?2 where domain = ?1')
    .bind(domain, '{"hostnames":["checkout.example"]}')
    .run()
  expect(await listed(domain)).toEqual({ ...EMPTY_SETTINGS, hostnames: ['checkout.example'] })
})

test('a list holds 100 entries, a pattern 50 bytes', async () => {
  const { domain } = await createSite()
  const conversions = Array.from({ length: 100 }, (_, index) => `e${index}`)
  expect((await change(domain, { conversions }))[0]).toBe(200)
  expect((await change(domain, { value_event: `/${'é'.repeat(24)}*` }))[0]).toBe(200)
})

describe('invalid settings are rejected in one sentence and change nothing', () => {
  test.each<[what: string, code: string, settings: unknown]>([
    ['settings that are a list', 'bad_settings', []],
    ['settings that are null', 'bad_settings', null],
    ['an unknown setting', 'unknown_setting', { targets: [] }],
    ['a setting named like a method', 'unknown_setting', { toString: [] }],
    ['a string instead of a list', 'bad_settings', { conversions: 'chat_opened' }],
    ['too many entries', 'bad_settings', { conversions: Array(101).fill('chat_opened') }],
    ['too many hosts', 'bad_settings', { hostnames: Array(101).fill('a.example') }],
    ['a host that is not a string', 'bad_settings', { hostnames: [7] }],
    ['a host with a path', 'bad_domain', { hostnames: ['https://a.example/'] }],
    ['a rule that is a number', 'bad_settings', { conversions: [7] }],
    ['a rule that is a list', 'bad_settings', { conversions: [['chat_opened']] }],
    ['a rule that is null', 'bad_settings', { conversions: [null] }],
    ['an empty string', 'bad_settings', { conversions: [' '] }],
    ['an empty rule', 'bad_settings', { conversions: [{}] }],
    ['a rule of two kinds', 'bad_settings', { conversions: [{ event: 'a', page: '/a' }] }],
    ['an unknown field', 'bad_settings', { conversions: [{ event: 'a', times: 2 }] }],
    ['an event that is not a string', 'bad_settings', { value_event: { event: 7 } }],
    ['an event with a name too long', 'bad_settings', { value_event: 'x'.repeat(65) }],
    ['a control character', 'bad_settings', { value_event: 'a\u0007' }],
    ['a list of value events', 'bad_settings', { value_event: ['a'] }],
    ['a page without a slash', 'bad_settings', { conversions: [{ page: 'thanks' }] }],
    ['a page with its host', 'bad_settings', { conversions: [{ page: 'https://a.example/thanks' }] }],
    ['a page too long for a pattern', 'bad_settings', { conversions: [`/${'x'.repeat(50)}`] }],
    ['a page too long in bytes', 'bad_settings', { conversions: [`/${'é'.repeat(25)}`] }],
    ['a page too long once written as a pattern', 'bad_settings', { conversions: [`/${'?'.repeat(17)}`] }],
    ['a feature too long', 'bad_settings', { conversions: [{ feature: 'x'.repeat(201) }] }],
    ['too few months', 'bad_settings', { retention_months: 0 }],
    ['too many months', 'bad_settings', { retention_months: 121 }],
    ['half a month', 'bad_settings', { retention_months: 1.5 }],
    ['months as a string', 'bad_settings', { retention_months: '12' }],
    ['an unknown choice for Global Privacy Control', 'bad_settings', { gpc: 'ignore' }],
    ['too few bytes', 'bad_settings', { daily_bytes: 999_999 }],
    ['too many bytes', 'bad_settings', { daily_bytes: 100_000_000_001 }],
    ['half a byte', 'bad_settings', { daily_bytes: 1_000_000.5 }],
    ['no times', 'bad_settings', { product_qualified: [{ event: 'a', times: 0 }] }],
    ['half a time', 'bad_settings', { product_qualified: [{ event: 'a', times: 1.5 }] }],
    ['times as a string', 'bad_settings', { product_qualified: [{ event: 'a', times: '2' }] }],
    ['times without a rule', 'bad_settings', { product_qualified: [{ times: 2 }] }],
    ['a feature without a name', 'bad_settings', { features: [{ event: 'search' }] }],
    ['an empty name', 'bad_settings', { features: [''] }],
    ['one name for two features', 'bad_settings', { features: ['export', { name: 'export', event: 'exported' }] }],
    ['an unknown verdict', 'bad_settings', { excluded_verdicts: ['one'] }],
    ['one verdict twice', 'bad_settings', { excluded_verdicts: ['bot', 'bot'] }],
    ['an annotation without a text', 'bad_settings', { annotations: [{ day: '2026-01-31' }] }],
    ['an annotation of no day', 'bad_settings', { annotations: [{ day: '2026-02-30', text: 'x' }] }],
    [
      'an annotation with a text too long',
      'bad_settings',
      { annotations: [{ day: '2026-01-31', text: 'x'.repeat(201) }] },
    ],
    ['an annotation with another field', 'bad_settings', { annotations: [{ day: '2026-01-31', text: 'x', id: 1 }] }],
    ['a filter on an unknown thing', 'bad_settings', { filters_out: [{ what: 'mood', is: 'x' }] }],
    ['a filter without a value', 'bad_settings', { filters_out: [{ what: 'ip' }] }],
    ['a filter on no address', 'bad_settings', { filters_out: [{ what: 'ip', is: '192.0.2' }] }],
    ['a filter on no country', 'bad_settings', { filters_out: [{ what: 'country', is: 'Sweden' }] }],
    ['a filter on a page without a slash', 'bad_settings', { filters_out: [{ what: 'page', is: 'admin' }] }],
    ['a filter with another field', 'bad_settings', { filters_out: [{ what: 'ip', is: '192.0.2.1', name: 'x' }] }],
    ['a query parameter with its value', 'bad_settings', { kept_parameters: ['q=mug'] }],
    ['a query parameter twice', 'bad_settings', { kept_parameters: ['q', 'q'] }],
    [
      'too many funnels',
      'bad_settings',
      { funnels: Array.from({ length: 21 }, (_, n) => ({ id: `f${n}`, steps: ['a', 'b'] })) },
    ],
    ['a funnel of one step', 'bad_settings', { funnels: [{ id: 'a', steps: [{ event: 'a' }] }] }],
    ['a funnel of nine steps', 'bad_settings', { funnels: [{ id: 'a', steps: Array(9).fill({ event: 'a' }) }] }],
    [
      'a step without an event or a page',
      'bad_settings',
      { funnels: [{ id: 'a', steps: [{ event: 'a' }, { name: 'b' }] }] },
    ],
    [
      'a step of two kinds',
      'bad_settings',
      { funnels: [{ id: 'a', steps: [{ event: 'a' }, { event: 'a', page: '/a' }] }] },
    ],
    ['a step that is text', 'bad_settings', { funnels: [{ id: 'a', steps: [{ event: 'a' }, 'b'] }] }],
    [
      'a step with an unknown field',
      'bad_settings',
      { funnels: [{ id: 'a', steps: [{ event: 'a' }, { event: 'b', value: 1 }] }] },
    ],
    [
      'a funnel in an unknown order',
      'bad_settings',
      { funnels: [{ id: 'a', steps: [{ event: 'a' }, { event: 'b' }], order: 'reverse' }] },
    ],
    [
      'a funnel without time',
      'bad_settings',
      { funnels: [{ id: 'a', steps: [{ event: 'a' }, { event: 'b' }], window: 0 }] },
    ],
    [
      'a funnel of users',
      'bad_settings',
      { funnels: [{ id: 'a', steps: [{ event: 'a' }, { event: 'b' }], scope: 'user' }] },
    ],
    ['too many goals', 'bad_settings', { goals: Array.from({ length: 51 }, (_, n) => ({ id: `g${n}`, event: 'a' })) }],
    ['a goal without an id', 'bad_settings', { goals: [{ event: 'a' }] }],
    [
      'one id for two goals',
      'bad_settings',
      {
        goals: [
          { id: 'a', event: 'a' },
          { id: 'a', page: '/a' },
        ],
      },
    ],
    ['a goal without a condition', 'bad_settings', { goals: [{ id: 'a' }] }],
    ['a goal of two kinds', 'bad_settings', { goals: [{ id: 'a', event: 'a', scroll: 50 }] }],
    ['a goal of a feature', 'bad_settings', { goals: [{ id: 'a', feature: 'export' }] }],
    ['a goal below the end of the page', 'bad_settings', { goals: [{ id: 'a', scroll: 101 }] }],
    ['a goal of no time', 'bad_settings', { goals: [{ id: 'a', seconds: 0 }] }],
    ['a goal worth less than nothing', 'bad_settings', { goals: [{ id: 'a', event: 'a', value: -1 }] }],
    [
      'a goal with an unknown operator',
      'bad_settings',
      { goals: [{ id: 'a', event: 'a', where: [['equals', 'country', ['SE']]] }] },
    ],
    ['a goal of a cohort', 'bad_settings', { goals: [{ id: 'a', event: 'a', where: [['is', 'cohort', ['x']]] }] }],
    [
      'a goal with four filters',
      'bad_settings',
      { goals: [{ id: 'a', event: 'a', where: Array(4).fill(['is', 'country', ['SE']]) }] },
    ],
    [
      'a goal with long filters',
      'bad_settings',
      { goals: [{ id: 'a', event: 'a', where: [['is', 'page', ['/'.repeat(1000)]]] }] },
    ],
    ['a valid setting beside an invalid one', 'bad_settings', { hostnames: [], value_event: 7 }],
  ])('%s', async (_, code, settings) => {
    const { domain } = await createSite({ settings: WHOLE })
    const [status, answer] = await change(domain, settings)
    expect([status, answer.error?.code]).toEqual([400, code])
    expect(answer.error?.message).toMatch(/^[A-Z"].*\.$/)
    expect(await stored(domain)).toEqual(WHOLE)
  })
})

describe('annotations', () => {
  const annotate = async (method: string, domain: string, body: unknown): Promise<number> => {
    const response = await exports.default.fetch(`https://stats.example/api/v1/sites/${domain}/annotations`, {
      method,
      headers: { authorization: `Bearer ${env.ADMIN_TOKEN}` },
      body: JSON.stringify(body),
    })
    return response.status
  }
  const textsOf = async (domain: string, query = ''): Promise<string[]> => {
    const [, answer] = await call('GET', `/${domain}/annotations${query}`)
    return (answer as unknown as { annotations: { day: string; text: string }[] }).annotations.map(({ text }) => text)
  }
  const LAUNCH = { day: '2026-02-01', text: 'Launch' }
  const PRICES = { day: '2026-01-31', text: 'New prices' }

  test('are listed by day, each once, and by period', async () => {
    const { domain } = await createSite()
    expect(await annotate('POST', domain, LAUNCH)).toBe(201)
    expect(await annotate('POST', domain, PRICES)).toBe(201)
    expect(await annotate('POST', domain, LAUNCH)).toBe(201)
    expect(await textsOf(domain)).toEqual(['New prices', 'Launch'])
    expect(await textsOf(domain, '?period=all')).toEqual(['New prices', 'Launch'])
    expect(await textsOf(domain, '?period=2026-01-01,2026-01-31')).toEqual(['New prices'])
    expect(await annotate('DELETE', domain, PRICES)).toBe(204)
    expect(await annotate('DELETE', domain, PRICES)).toBe(404)
    expect(await textsOf(domain)).toEqual(['Launch'])
  })

  test('are no more than 100', async () => {
    const annotations = Array.from({ length: 100 }, (_, index) => ({ day: '2026-01-31', text: `${index}` }))
    const { domain } = await createSite({ settings: { annotations } })
    expect(await annotate('POST', domain, LAUNCH)).toBe(409)
    expect(await annotate('POST', domain, annotations[0])).toBe(201)
  })

  test('survive a change of settings by an isolate that has not seen them', async () => {
    const { domain } = await createSite()
    await call('GET', `/${domain}`)
    const settings = JSON.stringify({ ...EMPTY_SETTINGS, annotations: [LAUNCH] })
    await env.DB.prepare('update sites set settings = ?2 where domain = ?1').bind(domain, settings).run()
    await change(domain, { browser_money: true })
    expect(await stored(domain)).toEqual({ ...EMPTY_SETTINGS, annotations: [LAUNCH], browser_money: true })
  })
})
