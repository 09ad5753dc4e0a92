import { listOf, nullable, object, one, text } from '../schema'

/** The fields that `compare` adds to a value. */
const compared = {
  previous: {
    ...nullable('number'),
    description: 'With compare. null: no value; for a period before the first data, meta.warnings has the reason.',
  },
  change: object({
    value: nullable('number'),
    interval: { type: ['array', 'null'] },
    verdict: {
      enum: ['up', 'down', 'no_clear_change', 'not_tested'],
      description: 'not_tested: there is no interval to judge the change by.',
    },
  }),
}

/** The fields of funnels, paths and attribution models. */
const OF_FUNNELS = {
  steps: {
    ...listOf({
      anyOf: [one('FunnelStep'), one('PathStep')],
    }),
    description: 'Of a funnel or of paths.',
  },
  not_followed: {
    type: 'integer',
    description:
      'Of a funnel: visitors whose id expired at midnight before they reached the last step. With an attribution model: conversions of visitors with a daily id.',
  },
}

const META = {
  rows_read: { type: 'integer' },
  duration_ms: { type: 'number' },
  warnings: listOf(text),
  first_day: {
    ...nullable('string'),
    description: 'The first day with data, null without any, where the period to compare with begins earlier.',
  },
  incomplete: {
    ...listOf(object({ from: text, to: text })),
    description: "Times in which nothing could be stored, as the day's rows of the free plan were used up.",
  },
  imported: {
    ...object({ from: text, to: text, source: text }, ['from', 'to']),
    description: 'The first and the last imported day that the answer counts, and the tools that they come from.',
  },
}

export const answerSchemas = () => ({
  Value: object({
    value: nullable('number'),
    numerator: nullable('number'),
    denominator: nullable('number'),
    interval: { type: ['array', 'null'], items: { type: 'number' } },
    status: {
      enum: ['ok', 'low_sample', 'no_data', 'pending', 'needs_input', 'needs_identity', 'unavailable'],
      description:
        'unavailable: this metric could not be computed while others of the question were; meta.warnings names it.',
    },
    pending: { type: 'integer' },
    reason: text,
    currency: text,
    left_out: { type: 'integer' },
    parts: { type: 'object', additionalProperties: nullable('number'), description: 'What it is made of.' },
    ...OF_FUNNELS,
    percentile: { type: 'number', description: 'Of one user among all: the share with a score no higher.' },
    explanation: object({
      formula: text,
      numerator: nullable('string'),
      denominator: nullable('string'),
      factor: { type: 'number', description: 'The value is the numerator over the denominator, times this.' },
      definitions: { type: 'object', additionalProperties: text, description: 'What the words of both mean.' },
      parameters: { type: 'object' },
      left_out: { type: 'object', additionalProperties: { type: 'integer' } },
    }),
    ...compared,
  }),
  Answer: object({
    query: { type: 'object' },
    rows: listOf(
      object({
        time: text,
        dimensions: { type: 'object' },
        metrics: { type: 'object', additionalProperties: one('Value') },
      }),
    ),
    meta: object(META),
  }),
  Now: object({
    visitors: { type: 'integer' },
    events: listOf(
      object({
        time: { type: 'string', format: 'date-time' },
        seconds_ago: { type: 'integer' },
        name: text,
        path: nullable('string'),
        channel: nullable('string'),
        country: nullable('string'),
        device: nullable('string'),
      }),
    ),
  }),
})
