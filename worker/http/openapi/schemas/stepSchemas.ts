import { listOf, nullable, object, text } from '../schema'

export const stepSchemas = () => ({
  FunnelRule: object({
    name: text,
    event: text,
    page: { type: 'string', pattern: '^/' },
    where: {
      ...listOf({ $ref: '#/components/schemas/DimensionFilter' }),
      maxItems: 3,
      description: 'Filters that it must pass, too.',
    },
  }),
  FunnelStep: object({
    name: text,
    reached: { type: 'integer' },
    share: { ...nullable('number'), description: 'The share of those that reached the first step.' },
    dropoff: {
      ...nullable('number'),
      description: 'The share of those at the previous step that did not reach this one; null for the first step.',
    },
    dropoff_interval: { type: ['array', 'null'], items: { type: 'number' } },
    median_seconds: { ...nullable('number'), description: 'Median time since the first step.' },
  }),
  PathStep: object({
    step: { type: 'integer' },
    reached: { type: 'integer', description: 'Sessions that reached the step.' },
    top: listOf(
      object({
        name: text,
        sessions: { type: 'integer' },
        share: { type: 'number' },
        interval: { type: ['array', 'null'] },
      }),
    ),
  }),
})
