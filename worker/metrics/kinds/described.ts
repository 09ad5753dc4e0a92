import type { ImportKind } from '../../../shared/imports'
import type { Metric, Need } from '../metric'

/** Keeps the id of an entry in the type of its metric. */
export interface Identified<Id extends string> {
  readonly id: Id
}

/** A metric without what its kind decides. */
type Kindless = Omit<Metric, 'measure' | 'read' | 'change' | 'test' | 'kind' | 'intervalBy'>

/** What an entry says of itself, apart from what it needs. */
export type Own = Omit<Kindless, 'formula' | 'glossary' | 'parameters' | 'needs' | 'imports'> &
  Partial<Pick<Kindless, 'formula' | 'glossary' | 'parameters'>>

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
export const complete = <Id extends string>(described: Described & Identified<Id>): Kindless & Identified<Id> => ({
  parameters: [],
  needs: ['snippet'],
  imports: [],
  formula: null,
  glossary: [],
  ...described,
})
