import {
  ALARM_KINDS,
  DELIVERY_KINDS,
  EMPTY_SETTINGS,
  FALSE_ALARM_RATES,
  FILTERED_BY,
  FUNNEL_ORDERS,
  FUNNEL_SCOPES,
  GPC_SETTINGS,
  PURCHASE_SETTINGS,
  REPORT_INTERVALS,
  type SiteSettings,
} from '../../../../shared/settings'
import { VERDICTS } from '../../../../shared/verdicts'
import { WEBHOOK_PROVIDERS } from '../../../../shared/webhookProviders'
import { listOf, object, one, type Schema, text } from '../schema'

/** An entry of a setting: a rule, and what it is given besides. */
const entry = (description: string, more: Record<string, Schema> = {}): Schema => ({
  description,
  anyOf: [text, object({ event: text, page: { type: 'string', pattern: '^/' }, feature: text, ...more })],
})

const setting = (description: string, items: Schema): Schema => ({ description, type: ['array', 'null'], items })

const lists = () => ({
  hostnames: setting('Hosts, besides the domain and those below it, whose pages may send beacons.', text),
  conversions: setting('Conversions besides the built-in ones.', one('Rule')),
  value_event: {
    description: 'What shows that somebody who signed up got value out of the product.',
    anyOf: [one('Rule'), { type: 'null' }],
  },
  product_qualified: setting(
    'What makes a trial a product-qualified lead, all of it.',
    entry('A rule, and how often it is to be met.', { times: { type: 'integer', minimum: 1, default: 1 } }),
  ),
  features: setting(
    'The features of the product.',
    entry('A name and a rule. A text is a name; without a rule it is the "feature" of feature_used.', { name: text }),
  ),
  segments: setting(
    'Saved filters. A query applies a segment with the filter ["segment", id].',
    object({ id: { type: 'string', pattern: '^[a-z0-9_-]+$' }, name: text, filters: listOf(one('Filter')) }, [
      'id',
      'filters',
    ]),
  ),
  filters_out: setting(
    'Page views and events to exclude from now on; POST /api/v1/sites/{domain}/excluded/apply excludes past ones too. IP addresses are compared and never stored; an IPv6 address stands for its /64 network. In a hostname or page, "*" is a wildcard. A visitor is a visitor_id, a user_id or a persistent id.',
    object({ what: { enum: FILTERED_BY }, is: text }, ['what', 'is']),
  ),
  excluded_verdicts: setting(
    'Verdicts whose traffic is excluded from every answer. The default, null, is all of them but one_request and no_interaction, which the cron gives to whole sessions when their day is over. POST /api/v1/sites/{domain}/excluded/apply applies a change to the past.',
    { enum: VERDICTS },
  ),
  kept_parameters: setting('Query parameters that are part of the path of a page. All others are removed.', text),
  annotations: setting(
    'Notes on days. POST and DELETE /api/v1/sites/{domain}/annotations add and delete one.',
    one('Annotation'),
  ),
  goals: goals(),
  funnels: funnels(),
  reports: setting(
    'Reports to send after each week or month; at most 20. "to" is an email address, an incoming webhook of Slack or another https address. Backups leave them out.',
    object({ to: text, every: { enum: REPORT_INTERVALS }, kind: { enum: DELIVERY_KINDS } }, ['to', 'every', 'kind']),
  ),
})

const goals = (): Schema =>
  setting(
    'Actions that visitors should take; at most 50. A goal is reached by an event, a view of a page, or a page view with a ' +
      'minimum scroll depth or visible time. The parameter "goal" of a metric names one.',
    object(
      {
        id: { type: 'string', pattern: '^[a-z0-9_-]+$' },
        name: text,
        event: text,
        page: { type: 'string', pattern: '^/' },
        scroll: { type: 'number', minimum: 1, maximum: 100 },
        seconds: { type: 'number', minimum: 1 },
        where: { ...listOf(one('DimensionFilter')), maxItems: 3, description: 'Filters that it must pass, too.' },
        value: { type: 'number', minimum: 0, description: "The value of one conversion, in the site's currency." },
      },
      ['id'],
    ),
  )

const funnels = (): Schema =>
  setting(
    'Sequences of steps; at most 20 funnels. The parameter "funnel" of the metric "funnel" names one.',
    object(
      {
        id: { type: 'string', pattern: '^[a-z0-9_-]+$' },
        name: text,
        steps: { ...listOf(one('FunnelRule')), minItems: 2, maxItems: 8 },
        order: {
          enum: FUNNEL_ORDERS,
          default: 'sequential',
          description:
            'sequential: other page views and events may come between two steps. strict: nothing else comes between two steps. any: in any order.',
        },
        window: {
          type: 'number',
          exclusiveMinimum: 0,
          maximum: 365,
          default: 30,
          description: 'The maximum number of days from the first step to the last.',
        },
        scope: { enum: FUNNEL_SCOPES, default: 'visitor', description: 'session: all steps in one session.' },
      },
      ['id', 'steps'],
    ),
  )

const alarms = (): Schema => ({
  description:
    'Which alarms are sent, and where; null for none. "false_alarms" is the time in which one alarm without a cause may be expected. Backups leave them out.',
  anyOf: [
    object(
      {
        ...Object.fromEntries(ALARM_KINDS.map(alarm => [alarm, { type: 'boolean', default: false }])),
        to: text,
        kind: { enum: DELIVERY_KINDS },
        false_alarms: { enum: FALSE_ALARM_RATES, default: 'quarter' },
      },
      ['to', 'kind'],
    ),
    { type: 'null' },
  ],
})

export const settingsSchemas = () => ({
  Rule: entry(
    'One of "event", "page" (a path, "*" for any run of characters) and "feature" (of feature_used). ' +
      'A text is short for it: a page when it begins with "/", else an event.',
  ),
  Annotation: object({ day: { type: 'string', format: 'date' }, text: { type: 'string', maxLength: 200 } }, [
    'day',
    'text',
  ]),
  Settings: object({
    webhook_secrets: {
      description:
        'The secrets with which providers sign their webhooks. Write only: an answer has true for each secret that is set. true keeps a secret, null or an empty text removes it.',
      type: ['object', 'null'],
      properties: Object.fromEntries(
        WEBHOOK_PROVIDERS.map(provider => [provider, { type: ['string', 'boolean', 'null'] }]),
      ),
    },
    ...lists(),
    alarms: alarms(),
    purchases: {
      description:
        'Whose money counts. all: orders that only a browser sent count too. server: purchases, refunds and ' +
        'subscriptions that no write key sent are left out of every answer, past ones too; they stay stored.',
      type: ['string', 'null'],
      enum: [...PURCHASE_SETTINGS, null],
    },
    browser_money: {
      description: 'Whether browsers may send refund, subscription_change and subscription_cancel. null is false.',
      type: ['boolean', 'null'],
    },
    gpc: {
      description:
        'How to treat visitors whose browser sends Global Privacy Control. count: they are counted for the day, without a ' +
        'persistent id or a user. drop: the collector leaves them out. null is count.',
      type: ['string', 'null'],
      enum: [...GPC_SETTINGS, null],
    },
    retention_months: {
      description:
        'After how many months facts are removed for good, while the sums of their days stay; null to keep them. ' +
        'The cron does it, and it cannot be undone.',
      type: ['integer', 'null'],
      minimum: 1,
      maximum: 120,
    },
    daily_bytes: {
      description:
        'Most bytes of beacons that are taken from browsers in a UTC day; more are answered 429 until the next. ' +
        'What a write key sends does not count. null sets the default.',
      type: ['integer', 'null'],
      minimum: 1_000_000,
      maximum: 100_000_000_000,
      default: EMPTY_SETTINGS.daily_bytes,
    },
  } satisfies Record<keyof SiteSettings | 'webhook_secrets', Schema>),
})
