import { env } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import type { Question } from '../../../shared/question'
import { METRICS } from '../../../worker/metrics/definitions'
import { backup, idOf, restore, TIMEOUT } from '../../integration/backups'
import { clockByHand } from '../../integration/clockByHand'
import { createSite, cron, deleteSite, post, query, settle, type TestSite } from '../../integration/setup'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const START = Date.UTC(2026, 2, 2, 9)
const UPGRADE = START + 6 * DAY
const END = START + 12 * DAY

clockByHand(START)

/** Names that were custom events in the earlier release. */
const ONCE_CUSTOM = [
  'search',
  'file_download',
  'add_to_cart',
  'sign_up',
  'trial_start',
  'generate_lead',
  'lead_qualified',
  'feature_used',
  'guide_start',
  'guide_complete',
  'survey_response',
  'email_click',
]

/** Built in from the start; a custom event would have been an activity. */
const NAMES = [...ONCE_CUSTOM, 'email_delivered']

const SETTINGS = {
  conversions: [{ event: 'search' }],
  value_event: { event: 'search' },
  product_qualified: [{ event: 'search', times: 2 }],
  features: [
    { name: 'Search', event: 'search' },
    { name: 'export', feature: 'export' },
  ],
}

const MAIL = { email_id: 'm', campaign: 'spring' }
const PROPERTIES: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  add_to_cart: { items: [{ item_id: 'MUG', price: 20 }] },
  feature_used: { feature: 'export' },
  guide_start: { guide_id: 'welcome' },
  guide_complete: { guide_id: 'welcome' },
  survey_response: { kind: 'nps', score: 9 },
  email_delivered: MAIL,
  email_click: MAIL,
}

const PEOPLE = [0, 1, 2, 3, 4, 5]

/** The actions of six people on some days: a page view each, then every second of the events. */
const story = (first: number, days: number) =>
  Array.from({ length: days }, (_, n) => first + n).flatMap(day =>
    PEOPLE.filter(person => (day + person) % 4 !== 0).flatMap(person => {
      const time = START + day * DAY + person * HOUR
      const common = { visitor_id: `v${person}`, url: `https://shop.example/${day % 3}` }
      const names = NAMES.filter((_, n) => (n + day + person) % 2 === 0)
      return ['page_view', ...names].map((name, n) => ({
        ...common,
        ...PROPERTIES[name],
        id: `${name}/${day}/${person}`,
        name,
        time: time + n * 60_000,
      }))
    }),
  )

/** The story as sent to the earlier release. */
const asCustom = (events: ReturnType<typeof story>, names: readonly string[]) =>
  events.map(event => (names.includes(event.name) ? { ...event, name: `my ${event.name}` } : event))

/** The state left by a release in which these names are custom: the rows stay unchanged. */
const becomeKnown = async (site: TestSite, names: readonly string[]): Promise<void> => {
  const id = await idOf(site)
  const rename = env.DB.prepare('update names set name = ?3 where site = ?1 and name = ?2')
  const results = await env.DB.batch(names.map(name => rename.bind(id, `my ${name}`, name)))
  expect(results.map(({ meta }) => meta.changes)).toEqual(names.map(() => 1))
}

const sendTo = async (site: TestSite, events: readonly unknown[]): Promise<void> => {
  expect((await post(site, events)).refused).toEqual([])
}

/** Two sites with one story: one began under an earlier release, the other knew all names from the start. */
const sitesOf = async (names: readonly string[]): Promise<[TestSite, TestSite]> => {
  vi.setSystemTime(START)
  const upgraded = await createSite({ timezone: 'UTC', settings: SETTINGS })
  const always = await createSite({ timezone: 'UTC', settings: SETTINGS })
  vi.setSystemTime(UPGRADE)
  await sendTo(upgraded, asCustom(story(0, 6), names))
  await sendTo(always, story(0, 6))
  await settle()
  await becomeKnown(upgraded, names)
  vi.setSystemTime(END)
  for (const site of [upgraded, always]) await sendTo(site, story(6, 6))
  return [upgraded, always]
}

const PERIOD = { from: '2026-03-02', to: '2026-03-14' }
const ASKED: readonly Omit<Question, 'site'>[] = [
  { metrics: METRICS.map(({ id }) => id), period: PERIOD },
  { metrics: METRICS.map(({ id }) => id), period: PERIOD, granularity: 'day' },
  { metrics: ['events', 'visitors', 'sessions'], period: PERIOD, dimensions: ['event'] },
  {
    metrics: ['events', 'visitors', 'sessions', 'conversions'],
    period: PERIOD,
    filters: [['is', 'event', ['search']]],
  },
  { metrics: ['events', 'conversions'], period: PERIOD, filters: [['is_not', 'event', ['search', 'sign_up']]] },
  { metrics: ['conversions', 'conversion_rate', 'signups', 'carts'], period: PERIOD, dimensions: ['page'] },
  { metrics: ['conversions', 'engagement_rate'], period: PERIOD, dimensions: ['entry_page'] },
  { metrics: ['feature_adoption_rate'], period: PERIOD, dimensions: ['feature'] },
  { metrics: ['guide_views', 'guide_completion_rate'], period: PERIOD, dimensions: ['guide'] },
  ...['search', 'sign_up', 'add_to_cart'].flatMap(event =>
    ['visitor', 'session'].map(scope => ({
      metrics: ['conversion_rate'],
      parameters: { conversion_rate: { event, scope } },
      period: PERIOD,
    })),
  ),
  {
    metrics: ['bounce_rate', 'cart_abandonment_rate'],
    parameters: { bounce_rate: { rule: 'engaged' }, cart_abandonment_rate: { scope: 'cart' } },
    period: PERIOD,
  },
]

const answersOf = async (site: TestSite, questions: readonly Omit<Question, 'site'>[]) => {
  const answers = []
  for (const question of questions) answers.push({ question, rows: (await query(site, question)).rows })
  return answers
}

const expectAlike = async (one: TestSite, other: TestSite, questions = ASKED): Promise<void> =>
  expect(await answersOf(one, questions)).toEqual(await answersOf(other, questions))

test('a formerly custom event keeps its history in every query', { timeout: TIMEOUT }, async () => {
  const [upgraded, always] = await sitesOf(ONCE_CUSTOM)
  const searches = [story(0, 6), story(0, 12)].map(events => events.filter(({ name }) => name === 'search').length)
  expect(searches).toEqual([9, 18])
  const stored =
    'select count(*) as n from events e join names n on n.id = e.name - 1000 where e.site = ?1 and n.name = ?2'
  expect(
    await env.DB.prepare(stored)
      .bind(await idOf(upgraded), 'search')
      .first('n'),
  ).toBe(9)
  const filters: Question['filters'] = [['is', 'event', ['search']]]
  const [row] = (await query(upgraded, { metrics: ['events', 'conversions'], period: PERIOD, filters })).rows
  expect([row?.metrics.events?.value, row?.metrics.conversions?.value]).toEqual([18, 18])
  await expectAlike(upgraded, always)
  await settle()
  await expectAlike(upgraded, always)
  await cron()
  await expectAlike(upgraded, always)

  const parts = await backup(upgraded)
  await deleteSite(upgraded)
  await restore(upgraded, parts)
  // Its keys were deleted with the original site.
  const restored = { ...upgraded, read: env.ADMIN_TOKEN }
  await expectAlike(restored, always)
  await cron()
  await expectAlike(restored, always)
  for (const site of [upgraded, always]) await deleteSite(site)
})
