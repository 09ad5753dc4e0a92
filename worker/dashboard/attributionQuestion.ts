import { ATTRIBUTION_MODELS } from '../metrics/attributionModels'
import type { View } from './address'
import type { MetricQuestion } from './questions'

/** The model that ROMI uses. */
export const DEFAULT_MODEL = 'last_non_direct'

/** The attribution model of a view. */
export const attributionModelOf = ({ own }: View): string =>
  ATTRIBUTION_MODELS.find(({ id }) => id === own.model)?.id ?? DEFAULT_MODEL

/** A question whose orders and revenue are divided by the model of the view. */
export const attributionQuestion = (question: MetricQuestion, view: View): MetricQuestion => {
  const given = { model: attributionModelOf(view) }
  return { ...question, parameters: Object.fromEntries(question.metrics.map(id => [id, given])) }
}
