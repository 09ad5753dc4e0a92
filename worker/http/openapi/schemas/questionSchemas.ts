import { COMBINATIONS, COMPARISONS, OPERATORS, PERIODS } from '../../../../shared/question'
import { METRICS } from '../../../metrics/definitions'
import { DIMENSIONS } from '../../../metrics/dimensions'
import type { Parameter } from '../../../metrics/metric'
import { listOf, object, type Schema, text } from '../schema'

const typeOf = ({ from, to, fraction, steps }: Parameter): Schema => {
  if (steps) return { ...listOf({ $ref: '#/components/schemas/FunnelRule' }), minItems: 2, maxItems: 8 }
  if (from === undefined) return { type: 'string' }
  return { type: fraction ? 'number' : 'integer', minimum: from, maximum: to }
}

const ofParameter = (parameter: Parameter): Schema => ({
  description: parameter.help,
  ...typeOf(parameter),
  ...(parameter.values && { enum: parameter.values }),
  ...(parameter.default !== null && { default: parameter.default }),
})

const parameters = (): Schema =>
  object(
    Object.fromEntries(
      METRICS.filter(metric => metric.parameters.length > 0).map(metric => [
        metric.id,
        object(Object.fromEntries(metric.parameters.map(parameter => [parameter.name, ofParameter(parameter)]))),
      ]),
    ),
  )

const dimension = (): Schema => ({
  anyOf: [{ enum: DIMENSIONS.map(({ id }) => id) }, { type: 'string', pattern: '^property:.+' }],
})

const days = (): Schema => object({ from: text, to: text }, ['from', 'to'])

const dimensionFilter = (): Schema => ({
  type: 'array',
  prefixItems: [{ enum: OPERATORS }, dimension(), listOf(text)],
})

const filter = (): Schema => ({
  description: 'One dimension, like ["is", "country", ["SE", "NO"]], or a combination: ["or", filter, filter].',
  anyOf: [
    { $ref: '#/components/schemas/DimensionFilter' },
    { type: 'array', prefixItems: [{ const: 'segment' }, text] },
    { type: 'array', prefixItems: [{ const: 'has_done' }, { $ref: '#/components/schemas/Behavior' }] },
    {
      type: 'array',
      prefixItems: [{ enum: COMBINATIONS }],
      items: { $ref: '#/components/schemas/Filter' },
      minItems: 2,
    },
  ],
})

const behavior = (): Schema => ({
  ...object({ event: text, page: text, goal: text, where: listOf({ $ref: '#/components/schemas/DimensionFilter' }) }),
  description:
    'An event, a page that a visitor viewed, or a goal, in the period. "where" has filters on dimensions that it must pass.',
})

export const questionSchemas = () => ({
  Behavior: behavior(),
  DimensionFilter: dimensionFilter(),
  Filter: filter(),
  Question: object(
    {
      site: text,
      metrics: listOf({ enum: METRICS.map(({ id }) => id) }),
      period: { oneOf: [{ enum: PERIODS }, days()] },
      granularity: { enum: ['hour', 'day', 'week', 'month'] },
      dimensions: { ...listOf(dimension()), description: 'A group has rows where something of it is not 0.' },
      filters: listOf({ $ref: '#/components/schemas/Filter' }),
      compare: { oneOf: [{ enum: COMPARISONS }, days()] },
      include_previous: {
        type: 'boolean',
        default: false,
        description: 'With compare: adds the groups that only the compared period has.',
      },
      parameters: parameters(),
      order_by: listOf({ type: 'array', prefixItems: [text, { enum: ['asc', 'desc'] }] }),
      limit: { type: 'integer', minimum: 1 },
      offset: { type: 'integer', minimum: 0, default: 0, description: 'Groups to skip, in their order.' },
      explain: { type: 'boolean', description: 'Each value says how it was made.' },
    },
    ['site', 'metrics'],
  ),
})
