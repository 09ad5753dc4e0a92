import { EVENTS, type EventDefinition } from '../../shared/events'
import { LIMITS } from '../../shared/limits'
import { openapi } from '../api/openapi'
import { DIMENSIONS } from '../metrics/dimensions'
import type { Metric } from '../metrics/metric'
import { allowedDimensions } from '../metrics/question'
import { METRICS } from '../metrics/registry'

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

const section = (metric: Metric): string =>
  [
    `## ${metric.name}`,
    `\`${metric.id}\`: ${metric.help}`,
    `    ${metric.formula}`,
    `Unit: ${metric.unit}. Better: ${metric.better}.${metric.needs.includes('lasting_id') ? ' Needs visitors with an id that lasts beyond a day.' : ''}`,
    parameters(metric),
    `Broken down by: ${allowedDimensions(metric)
      .map(id => `\`${id}\``)
      .join(', ')}.`,
  ]
    .filter(text => text !== '')
    .join('\n\n')

const metricsDocument = (): string => [MADE, '# Metrics', ...METRICS.map(section)].join('\n\n')

const traits = ({ activity, conversion, requires }: EventDefinition): string =>
  [
    activity === false ? 'no activity' : '',
    conversion ? 'conversion' : '',
    requires ? `needs ${requires.join(', ')}` : '',
  ]
    .filter(text => text !== '')
    .join('; ')

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n')

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
