import { REPORT_INTERVALS } from '../../../../shared/settings'
import { answers, inPath, inQuery } from '../operation'
import { listOf, nullable, object, text } from '../schema'

const outcome = () => ({
  state: { enum: ['claimed', 'sent', 'failed'] },
  tries: { type: 'integer', minimum: 1 },
  at: { type: 'string', format: 'date-time' },
  problem: nullable('string'),
})

export const reporting = () => ({
  '/reports/preview': {
    get: {
      operationId: 'previewReport',
      summary: 'The report of the last finished week or month, as it is sent. Needs a read key.',
      parameters: [
        inQuery('site', "The site's domain.", true),
        { ...inQuery('every', 'The period.'), schema: { enum: REPORT_INTERVALS, default: 'week' } },
        {
          ...inQuery('format', 'How it is rendered.'),
          schema: { enum: ['html', 'text', 'json', 'slack'], default: 'html' },
        },
      ],
      responses: answers('200', 'The report.', object({})),
    },
  },
  '/api/v1/sites/{domain}/deliveries': {
    parameters: [inPath('domain')],
    get: {
      operationId: 'listDeliveries',
      summary:
        'For each entry of settings.reports, its last delivery, and the last message of the alarms; null before the first. Needs the admin token.',
      responses: answers(
        '200',
        'In the order of the setting.',
        object({
          reports: listOf(
            object({
              to: text,
              kind: text,
              every: text,
              last: {
                anyOf: [
                  object({
                    period: { type: 'string', format: 'date', description: 'The first day of the reported period.' },
                    ...outcome(),
                  }),
                  { type: 'null' },
                ],
              },
            }),
          ),
          alarm: { anyOf: [object({ id: text, ...outcome() }), { type: 'null' }] },
        }),
      ),
    },
  },
})
