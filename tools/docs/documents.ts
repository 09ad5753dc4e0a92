import { EVENTS, type EventDefinition } from '../../shared/events'
import { IMPORTS, type ImportColumn, type ImportDefinition, importColumns } from '../../shared/imports'
import { LIMITS } from '../../shared/limits'
import { importTemplate } from '../../worker/collect/imports/importTemplate'
import { openapi } from '../../worker/http/openapi/openapi'
import { allowedDimensions, defaultsOf } from '../../worker/metrics/allowed'
import { nothingOf } from '../../worker/metrics/catalogue'
import { METRICS } from '../../worker/metrics/definitions'
import { DIMENSIONS } from '../../worker/metrics/dimensions'
import type { IntervalMethod, Metric, Need } from '../../worker/metrics/metric'
import { wordsOf } from '../../worker/metrics/wordsOf'

const MADE = '<!-- Made by `npm run docs`; change the registries, not this file. -->'

const parameters = (metric: Metric): string =>
  metric.parameters
    .map(({ name, help, values, from, to, default: fallback }) => {
      const range = values
        ? values.map(value => `\`${value}\``).join(', ')
        : from === undefined
          ? 'any text'
          : `${from} to ${to}`
      return `- \`${name}\`: ${help} ${range}${fallback === null ? '' : `; \`${fallback}\` unless said otherwise`}.`
    })
    .join('\n')

const NEEDS: Record<Need, string> = {
  snippet: 'the snippet alone',
  lasting_id: 'visitors with an id that lasts beyond a day',
  user_id: 'identified users',
  server_events: 'events from your server',
  imports: 'imported numbers',
}

const INTERVALS: Record<IntervalMethod, string> = {
  wilson: "Wilson's",
  delta: 'by the delta method over visitors',
  student: "Student's",
  order_statistics: 'between order statistics, from 6 units on',
  kaplan_meier: "Brookmeyer and Crowley's, around Kaplan and Meier's median",
  garwood: "Garwood's, of a Poisson count",
  compound_poisson: 'Σx ± 1.96 √Σx² over the amounts, a compound Poisson sum',
  normal: 'from the variance of the answers',
  none: 'none: arithmetic on totals',
}

const NOTHING = { '0': '0', null: 'no value, with the reason' } as const

const printedFormula = ({ printed }: Metric): string =>
  printed === undefined
    ? ''
    : `Often printed as \`${printed.formula}\`, which is not what is computed here. ${printed.reason}`

const section = (metric: Metric): string =>
  [
    `## ${metric.name}`,
    `\`${metric.id}\`: ${metric.help}`,
    `    ${wordsOf(metric, defaultsOf(metric)).formula}`,
    printedFormula(metric),
    `Kind: ${metric.kind}. Unit: ${metric.unit}. Better: ${metric.better}. Interval: ${INTERVALS[metric.intervalBy]}. ` +
      `Of nothing: ${NOTHING[nothingOf(metric)]}. Needs ${metric.needs.map(need => NEEDS[need]).join(', ')}${
        metric.send === undefined ? '' : `; send ${metric.send}`
      }.`,
    parameters(metric),
    `Broken down by: ${
      allowedDimensions(metric)
        .map(id => `\`${id}\``)
        .join(', ') || 'nothing'
    }.`,
  ]
    .filter(text => text !== '')
    .join('\n\n')

const INTRODUCTION =
  'Every number of Footfall, by one set of definitions. Intervals are at 95 %. Rates are fractions of 1, durations ' +
  'seconds, money major units of its currency. With `explain` in a question each value says its formula, numerator, ' +
  'denominator, parameters and what was left out of it. A change is up, down, or no clear change where its 95 % interval holds 0; ' +
  'growth is tested on the logarithm, medians by whether two intervals overlap. Without an interval a change is not tested.'

const metricsDocument = (): string => [MADE, '# Metrics', INTRODUCTION, ...METRICS.map(section)].join('\n\n')

const traits = ({ activity, conversion, requires, serverOnly }: EventDefinition): string =>
  [
    activity === false ? 'no activity' : '',
    conversion ? 'conversion' : '',
    requires ? `needs ${requires.join(', ')}` : '',
    serverOnly ? 'from servers, or with settings.browser_money' : '',
  ]
    .filter(text => text !== '')
    .join('; ')

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n')

const IMPORT_FORMS: Readonly<Record<ImportColumn['form'], string>> = {
  day: 'day',
  text: 'text',
  count: 'whole number',
  amount: 'amount in major units',
  currency: 'currency',
}

const importRules = ({ atMost, pairs }: ImportDefinition): string =>
  [
    pairs.map(([one, other]) => `\`${one}\` with \`${other}\``).join(', or '),
    ...atMost.map(([part, whole]) => `\`${part}\` at most \`${whole}\``),
  ]
    .filter(text => text !== '')
    .join('; ')

const importSection = (definition: ImportDefinition): string => {
  const rules = importRules(definition)
  return [
    `### ${definition.kind}`,
    definition.help,
    table(
      ['column', 'what it is', 'form', ''],
      importColumns(definition).map(({ name, help, form, required, isKey }) => [
        `\`${name}\``,
        help,
        IMPORT_FORMS[form],
        [isKey ? 'key' : '', required ? 'required' : ''].filter(text => text !== '').join(', '),
      ]),
    ),
    rules && `A row needs: ${rules}.`,
    `    ${importTemplate(definition).trim().replaceAll('\r\n', '\n    ')}`,
  ]
    .filter(text => text !== '')
    .join('\n\n')
}

const importsSection = (): string =>
  [
    '## Imports',
    '`POST /api/v1/imports/<kind>?site=<domain>` with a write key takes numbers that no browser sees: CSV with a header, or JSON, ' +
      '`{"rows":[…]}` or the bare list, each row an object with the columns as fields. `GET /api/v1/imports/<kind>/template.csv` is a CSV to fill in.',
    'The columns marked as key say which row it is, a text that is not given being empty: a row takes the place of the one with the same key, so a ' +
      'corrected file is simply imported again. A row that is not in it stays; zeros take its numbers away. Columns of a CSV may stand in any order, separated by commas or semicolons; numbers have a decimal point and no ' +
      'thousands separators; lines are counted from 1, the header. One bad row and nothing is stored; with `&partial=true` the good ones are.',
    ...IMPORTS.map(importSection),
  ].join('\n\n')

const wireDocument = (): string =>
  [
    MADE,
    '# What goes over the wire',
    'The snippet posts JSON in a `text/plain` body to `/v1/e`; its shape, with what each field means, is `shared/wire.ts`. ' +
      'Servers post events to `/api/v1/events`. Both use these event names; any other name is a custom event.',
    table(
      ['event', 'when', ''],
      EVENTS.map((event: EventDefinition) => [`\`${event.name}\``, event.help, traits(event)]),
    ),
    'A `page_view` from a server may report `engaged_seconds`, `scroll_depth` (0 to 100, percent) and `clicks`. A scroll ' +
      'depth or a number of clicks that is left out is unknown, not 0, and in no mean.',
    importsSection(),
    '## Limits',
    table(
      ['limit', 'value'],
      Object.entries(LIMITS).map(([name, value]) => [name, String(value)]),
    ),
    '## Dimensions',
    table(
      ['dimension', 'of', 'what it is'],
      [
        ...DIMENSIONS.map(({ id, level, help }) => [`\`${id}\``, level, help]),
        ['`property:<name>`', 'event', 'A property of events.'],
      ],
    ),
  ].join('\n\n')

/** Every generated document by its path. */
export const documents = (): Record<string, string> => ({
  'docs/metrics.md': `${metricsDocument()}\n`,
  'docs/wire.md': `${wireDocument()}\n`,
  'docs/openapi.json': `${JSON.stringify(openapi(), null, 2)}\n`,
})
