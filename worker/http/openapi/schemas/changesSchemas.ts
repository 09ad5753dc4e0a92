import { CHANGE_DIMENSIONS, CHANGE_METRICS } from '../../../../shared/changes'
import { listOf, nullable, object, one, text } from '../schema'

export const changesSchemas = () => ({
  Changes: object({
    query: { type: 'object' },
    totals: { type: 'object', additionalProperties: one('Value') },
    tested: { type: 'integer', description: 'How many changes were tested.' },
    changes: listOf(one('ClearChange')),
    meta: object({ rows_read: { type: 'integer' }, duration_ms: { type: 'number' }, warnings: listOf(text) }),
  }),
  ClearChange: object({
    metric: { enum: CHANGE_METRICS },
    dimension: { enum: CHANGE_DIMENSIONS },
    group: { type: 'string', description: 'The value of the dimension.' },
    value: { type: 'number' },
    previous: { type: 'number' },
    difference: { type: 'number', description: 'value minus previous.' },
    currency: text,
    change: {
      ...nullable('number'),
      description: 'The difference as a fraction of the previous value; null if that is 0.',
    },
    verdict: { enum: ['up', 'down'] },
    explains: {
      ...nullable('number'),
      description:
        "The difference as a share of the total's difference; negative if the total went the other way, null if it did not change.",
    },
    probability: {
      type: 'number',
      description: 'The probability of a change this large by chance, before the correction for multiple testing.',
    },
    filters: { ...listOf(one('Filter')), description: 'The filters that select the group in a query.' },
  }),
})
