import type { ImportKind } from '../../../shared/imports'
import type { Metric, Need } from '../metric'

/** An entry names its imports if, and only if, it needs some. */
type Importing =
  | { readonly needs?: readonly Exclude<Need, 'imports'>[]; readonly imports?: never }
  | { readonly needs: readonly Need[]; readonly imports: readonly [ImportKind, ...ImportKind[]] }

type Own = Omit<
  Metric,
  'measure' | 'read' | 'change' | 'kind' | 'intervalBy' | 'formula' | 'parameters' | 'needs' | 'imports'
>

/** What an entry says of itself; its kind says the rest. */
export type Described = Own & Partial<Pick<Metric, 'formula' | 'parameters'>> & Importing

/** The same of a number that is divided by nothing. */
export type Undivided = Omit<Own, 'denominator'> & Partial<Pick<Metric, 'formula' | 'parameters'>> & Importing

/** The same of the middle one of some units: nothing is divided, and the denominator says what the units are. */
export type Middle = Omit<Own, 'numerator'> & Pick<Metric, 'formula'> & Partial<Pick<Metric, 'parameters'>> & Importing

/** Fills in what most entries need not say. */
export const complete = <D extends Described>(described: D) => ({
  parameters: [],
  needs: ['snippet'] as const,
  imports: [],
  formula: null,
  ...described,
})
