import type { ImportKind } from '../../../shared/imports'
import type { Metric, Need } from '../metric'

/** A metric without what its kind decides. */
type Kindless = Omit<Metric, 'measure' | 'read' | 'change' | 'test' | 'kind' | 'intervalBy'>

/** What an entry says of itself, apart from what it needs. */
export type Own = Omit<Kindless, 'formula' | 'parameters' | 'needs' | 'imports'> &
  Partial<Pick<Kindless, 'formula' | 'parameters'>>

/** An entry that needs imports says which, and no other entry does. */
type Needing =
  | { readonly needs?: readonly Exclude<Need, 'imports'>[]; readonly imports?: never }
  | { readonly needs: readonly ['imports', ...Need[]]; readonly imports: readonly [ImportKind, ...ImportKind[]] }

export type Described = Own & Needing

/** The same for a number that is divided by nothing. */
export type Undivided = Omit<Own, 'denominator'> & Needing

/** The same for a median: nothing is divided, and the denominator names the units that it is the middle of. */
export type Middle = Omit<Own, 'numerator' | 'formula'> & { readonly formula: string } & Needing

/** Fills in what most entries leave out. */
export const complete = (described: Described): Kindless => ({
  parameters: [],
  needs: ['snippet'],
  imports: [],
  formula: null,
  ...described,
})
