import { expect, test } from 'vitest'
import { EMPTY_SETTINGS, type SiteSettings } from '../../shared/settings'
import { dimensionOf } from '../../worker/metrics/dimensions'
import { compileMeasures } from '../../worker/query/compile/compileMeasures'
import type { Scope } from '../../worker/relations/sql/scope'
import { ROLLED_DIMENSIONS } from '../../worker/rollups/rolledDimensions'
import { everyStoredMeasure, type StoredMeasure } from '../../worker/rollups/storedMeasures'

const keysBy = (settings: SiteSettings, dimension: string | null): string[] =>
  everyStoredMeasure(settings, dimension === null ? null : (dimensionOf(dimension) ?? null)).map(({ key }) => key)

test('the keys of stored rollups never change by accident', () => {
  expect(
    Object.fromEntries(
      ROLLED_DIMENSIONS.map(one => [one?.id ?? 'total', keysBy(EMPTY_SETTINGS, one?.id ?? null).join(' ')]),
    ),
  ).toMatchInlineSnapshot(`
    {
      "browser": "visitors/v1 sessions/v1 pageviews/v1 bounces/v1 clicks/v1 events/v1 conversions/v1 carts/v1 leads/v1 signups/v1 trials/v1 session_duration/v1 engaged_time/v1 bounce_rate/v1 engagement_rate/v1 scroll_depth/v1 content_download_rate/v1 time_on_page/v1 conversion_rate/v1 purchase_conversion_rate/v1 visitor_to_trial_rate/v1 cart_abandonment_rate/v1 checkout_abandonment_rate/v1 dau/v1",
      "campaign": "visitors/v1 sessions/v1 pageviews/v1 bounces/v1 clicks/v1 events/v1 conversions/v1 carts/v1 leads/v1 signups/v1 trials/v1 session_duration/v1 engaged_time/v1 bounce_rate/v1 engagement_rate/v1 scroll_depth/v1 content_download_rate/v1 time_on_page/v1 conversion_rate/v1 purchase_conversion_rate/v1 visitor_to_trial_rate/v1 cost_per_lead/leads/v1 cart_abandonment_rate/v1 checkout_abandonment_rate/v1 dau/v1",
      "channel": "visitors/v1 sessions/v1 pageviews/v1 bounces/v1 clicks/v1 events/v1 conversions/v1 carts/v1 leads/v1 signups/v1 trials/v1 session_duration/v1 engaged_time/v1 bounce_rate/v1 engagement_rate/v1 scroll_depth/v1 content_download_rate/v1 time_on_page/v1 conversion_rate/v1 purchase_conversion_rate/v1 visitor_to_trial_rate/v1 cost_per_lead/leads/v1 cart_abandonment_rate/v1 checkout_abandonment_rate/v1 dau/v1",
      "country": "visitors/v1 sessions/v1 pageviews/v1 bounces/v1 clicks/v1 events/v1 conversions/v1 carts/v1 leads/v1 signups/v1 trials/v1 session_duration/v1 engaged_time/v1 bounce_rate/v1 engagement_rate/v1 scroll_depth/v1 content_download_rate/v1 time_on_page/v1 conversion_rate/v1 purchase_conversion_rate/v1 visitor_to_trial_rate/v1 cart_abandonment_rate/v1 checkout_abandonment_rate/v1 dau/v1",
      "device": "visitors/v1 sessions/v1 pageviews/v1 bounces/v1 clicks/v1 events/v1 conversions/v1 carts/v1 leads/v1 signups/v1 trials/v1 session_duration/v1 engaged_time/v1 bounce_rate/v1 engagement_rate/v1 scroll_depth/v1 content_download_rate/v1 time_on_page/v1 conversion_rate/v1 purchase_conversion_rate/v1 visitor_to_trial_rate/v1 cart_abandonment_rate/v1 checkout_abandonment_rate/v1 dau/v1",
      "entry_page": "visitors/v1 sessions/v1 pageviews/v1 bounces/v1 clicks/v1 events/v1 conversions/v1 carts/v1 leads/v1 signups/v1 trials/v1 session_duration/v1 engaged_time/v1 bounce_rate/v1 engagement_rate/v1 scroll_depth/v1 content_download_rate/v1 time_on_page/v1 conversion_rate/v1 purchase_conversion_rate/v1 visitor_to_trial_rate/v1 cart_abandonment_rate/v1 checkout_abandonment_rate/v1 dau/v1",
      "exit_page": "visitors/v1 sessions/v1 pageviews/v1 bounces/v1 clicks/v1 events/v1 conversions/v1 carts/v1 leads/v1 signups/v1 trials/v1 session_duration/v1 engaged_time/v1 bounce_rate/v1 engagement_rate/v1 scroll_depth/v1 content_download_rate/v1 time_on_page/v1 conversion_rate/v1 purchase_conversion_rate/v1 visitor_to_trial_rate/v1 cart_abandonment_rate/v1 checkout_abandonment_rate/v1 dau/v1",
      "os": "visitors/v1 sessions/v1 pageviews/v1 bounces/v1 clicks/v1 events/v1 conversions/v1 carts/v1 leads/v1 signups/v1 trials/v1 session_duration/v1 engaged_time/v1 bounce_rate/v1 engagement_rate/v1 scroll_depth/v1 content_download_rate/v1 time_on_page/v1 conversion_rate/v1 purchase_conversion_rate/v1 visitor_to_trial_rate/v1 cart_abandonment_rate/v1 checkout_abandonment_rate/v1 dau/v1",
      "page": "visitors/v1 sessions/v1 pageviews/v1 bounces/v1 clicks/v1 events/v1 conversions/v1 carts/v1 leads/v1 signups/v1 trials/v1 session_duration/v1 engaged_time/v1 bounce_rate/v1 engagement_rate/v1 scroll_depth/v1 content_download_rate/v1 time_on_page/v1 conversion_rate/v1 purchase_conversion_rate/v1 visitor_to_trial_rate/v1 cart_abandonment_rate/v1 checkout_abandonment_rate/v1",
      "source": "visitors/v1 sessions/v1 pageviews/v1 bounces/v1 clicks/v1 events/v1 conversions/v1 carts/v1 leads/v1 signups/v1 trials/v1 session_duration/v1 engaged_time/v1 bounce_rate/v1 engagement_rate/v1 scroll_depth/v1 content_download_rate/v1 time_on_page/v1 conversion_rate/v1 purchase_conversion_rate/v1 visitor_to_trial_rate/v1 cost_per_lead/leads/v1 cart_abandonment_rate/v1 checkout_abandonment_rate/v1 dau/v1",
      "total": "visitors/v1 sessions/v1 pageviews/v1 bounces/v1 clicks/v1 events/v1 conversions/v1 carts/v1 leads/v1 signups/v1 trials/v1 session_duration/v1 engaged_time/v1 pages_per_session/v1 clicks_per_session/v1 actions_per_session/v1 bounce_rate/v1 engagement_rate/v1 scroll_depth/v1 content_download_rate/v1 content_pages_per_visitor/v1 time_on_page/v1 conversion_rate/v1 purchase_conversion_rate/v1 visitor_to_trial_rate/v1 cost_per_lead/leads/v1 cart_abandonment_rate/v1 checkout_abandonment_rate/v1 dau/v1",
    }
  `)
})

const DAY = 86_400_000

const sqlOf = (settings: SiteSettings, measure: StoredMeasure): string => {
  const scope: Scope = {
    site: 1,
    zone: 'UTC',
    now: DAY,
    range: { from: 0, to: DAY, firstDay: 0, lastDay: 0 },
    granularity: null,
    dimensions: [],
    filters: [],
    removed: null,
    added: null,
    hasIdentities: false,
    customEvents: new Map([['chat_opened', 1]]),
    formerEvents: new Map(),
    currencies: new Map(),
    settings,
    users: new Map(),
    ends: [],
  }
  const made = compileMeasures(scope, [measure], [], 'persistent')
  return JSON.stringify(made.map(({ sql, values }) => [sql, values]))
}

/** A non-default value of each setting; the type demands one for every setting. */
const OTHER: { readonly [Name in keyof SiteSettings]: SiteSettings[Name] } = {
  hostnames: ['docs.example'],
  conversions: [{ event: 'chat_opened' }, { page: '/thanks*' }, { feature: 'export' }],
  value_event: { event: 'chat_opened' },
  product_qualified: [{ event: 'chat_opened', times: 2 }],
  features: [{ name: 'Chat', event: 'chat_opened' }],
  segments: [],
  reports: [{ kind: 'email', to: 'ann@shop.example', every: 'week' }],
  alarms: {
    kind: 'email',
    to: 'ann@shop.example',
    tracking_silent: true,
    changed: true,
    quota: true,
    false_alarms: 'year',
  },
  filters_out: [{ what: 'country', is: 'SE' }],
  excluded_verdicts: ['bot'],
  kept_parameters: ['q'],
  annotations: [{ day: '2026-01-31', text: 'New prices' }],
  goals: [{ id: 'chat', name: 'Chat', event: 'chat_opened' }],
  funnels: [
    {
      id: 'chat',
      name: 'Chat',
      steps: [
        { name: 'Page', page: '/*' },
        { name: 'Chat', event: 'chat_opened' },
      ],
      order: 'any',
      window: 1,
      scope: 'session',
    },
  ],
  purchases: 'server',
  browser_money: true,
  gpc: 'count',
  retention_months: 3,
  daily_bytes: 1_000_000,
}

/** Measures of all events that involve no money: a setting that excludes money changes their SQL, not their result. */
const WITHOUT_MONEY = /^(visitors|leads|signups|trials|content_download_rate|visitor_to_trial_rate|cost_per_lead)\//

test.each(Object.keys(OTHER) as (keyof SiteSettings)[])(
  'settings.%s changes the key of exactly the measures it affects',
  name => {
    const other = { ...EMPTY_SETTINGS, [name]: OTHER[name] }
    const before = everyStoredMeasure(EMPTY_SETTINGS, null)
    const after = everyStoredMeasure(other, null)
    for (const one of before) {
      const isSame =
        sqlOf(EMPTY_SETTINGS, one) === sqlOf(other, one) || (name === 'purchases' && WITHOUT_MONEY.test(one.key))
      expect([one.key, after.some(({ key }) => key === one.key)]).toEqual([one.key, isSame])
    }
  },
)

test('two different settings have two keys', () => {
  const keys = [OTHER.conversions, [{ event: 'chat_opened' }], [{ event: 'other' }], []].flatMap(conversions =>
    everyStoredMeasure({ ...EMPTY_SETTINGS, conversions }, null).filter(({ key }) => key.startsWith('conversions/')),
  )
  expect(new Set(keys.map(({ key }) => key)).size).toBe(4)
})
