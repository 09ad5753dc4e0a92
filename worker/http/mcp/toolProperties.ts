import { COMPARISONS, PERIODS } from '../../../shared/question'

const DAYS = {
  type: 'object',
  properties: { from: { type: 'string' }, to: { type: 'string' } },
  required: ['from', 'to'],
  description: 'Two days as YYYY-MM-DD, both included.',
}

/** The arguments that choose the time and the visitors. */
const SELECTION = {
  period: { anyOf: [{ enum: PERIODS }, DAYS], description: 'Days of the site’s time zone. The default is 30d.' },
  compare: { anyOf: [{ enum: COMPARISONS }, DAYS], description: 'The period to compare with.' },
  filters: {
    type: 'array',
    items: { type: 'array' },
    description:
      'Such as [["is", "country", ["SE", "NO"]]]. Operators: is, is_not, contains, does_not_contain, matches (with *). Combine with ["or", …], ["and", …], ["not", …]; ["has_done", {"event": "purchase"}] selects visitors; ["segment", "id"] is a saved segment.',
  },
}

/** The arguments of a question, as in `POST /api/v1/query`. */
const QUESTION = {
  metrics: { type: 'array', items: { type: 'string' }, minItems: 1, description: 'Ids from "catalogue".' },
  ...SELECTION,
  granularity: { enum: ['hour', 'day', 'week', 'month'], description: 'A row for each; absent: one for the period.' },
  dimensions: {
    type: 'array',
    items: { type: 'string' },
    description: 'A row for each value, such as of channel, page, country, device, or property:plan.',
  },
  parameters: { type: 'object', description: 'By metric id, such as {"bounce_rate": {"rule": "engaged"}}.' },
  order_by: { type: 'array', items: { type: 'array' }, description: 'Such as [["visitors", "desc"]].' },
  limit: { type: 'integer', minimum: 1, description: 'The most rows per time, 20 by default.' },
}

/** JSON Schemas of arguments that several tools take. */
export const TOOL_PROPERTIES = { selection: SELECTION, question: QUESTION } as const
