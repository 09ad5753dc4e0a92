import type { Metric } from '../metric'

/** What an entry says of itself; its kind says the rest. */
export type Described = Omit<
  Metric,
  'measure' | 'read' | 'change' | 'kind' | 'intervalBy' | 'parameters' | 'needs' | 'numerator' | 'denominator'
> &
  Partial<Pick<Metric, 'parameters' | 'needs' | 'numerator' | 'denominator'>>

/** Fills in what most entries need not say: above and below the line stands what the formula says. */
export const complete = (
  described: Described,
): Described & Pick<Metric, 'parameters' | 'needs' | 'numerator' | 'denominator'> => {
  const [numerator = '', denominator = null] = described.formula.split(' / ')
  return { parameters: [], needs: ['snippet'], numerator, denominator, ...described }
}
