import { listOf, nullable, object, text } from '../schema'

const whole = { type: 'integer' }
const PAGES = { recorded: whole, served: whole }

export const coverageSchemas = () => ({
  Coverage: object({
    period: object({ from: text, to: text }),
    visitors: { type: 'integer', description: 'Visitors that the script recorded, each once a day.' },
    estimate: {
      oneOf: [
        object({ value: { type: 'number' }, interval: { type: 'array', items: { type: 'number' } } }),
        { type: 'null' },
      ],
      description: 'Visitors with those whose script did not run, each once a day, with the 95 % interval.',
    },
    reason: { ...nullable('string'), description: 'Why there is no estimate.' },
    days: listOf(object({ day: text, ...PAGES })),
    browsers: listOf(object({ browser: text, visitors: whole, ...PAGES })),
    problem: {
      ...nullable('string'),
      description: 'Why the last attempt to fetch the pages from Cloudflare failed.',
    },
    meta: object({ rows_read: whole, warnings: listOf(text) }),
  }),
})
