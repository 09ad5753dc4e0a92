import { nearest } from '../../lib/nearest'
import { Problem } from '../../lib/problem'
import { METRICS } from '../../metrics/definitions'

/** The problem of an id that no metric has, with the nearest one. */
export const unknownMetric = (status: 400 | 404, id: string): Problem => {
  const close = nearest(
    id,
    METRICS.map(one => one.id),
  )
  const suggestion = close ? ` Did you mean ${close}?` : ''
  return new Problem(
    status,
    'unknown_metric',
    `There is no metric "${id.slice(0, 60)}".${suggestion} GET /api/v1/metrics lists all metrics.`,
  )
}
