import type { ImportKind } from '../../../shared/imports'
import type { Metric, Need } from '../metric'

/** Keeps the id of an entry in the type of its metric. */
export interface Identified<Id extends string> {
  readonly id: Id
}

/** A metric without the fields that its kind fills in. */
type Kindless = Omit<Metric, 'measure' | 'read' | 'change' | 'test' | 'kind' | 'intervalBy'>

/** The fields of an entry, apart from those of its needs. */
export type Own = Omit<Kindless, 'formula' | 'glossary' | 'parameters' | 'needs' | 'imports'> &
  Partial<Pick<Kindless, 'formula' | 'glossary' | 'parameters'>>

/** An entry names its imports if and only if it needs imports. */
type Needing =
  | { readonly needs?: readonly Exclude<Need, 'imports'>[]; readonly imports?: never }
  | { readonly needs: readonly ['imports', ...Need[]]; readonly imports: readonly [ImportKind, ...ImportKind[]] }

export type Described = Own & Needing

/** The same for a number without a denominator. */
export type Undivided = Omit<Own, 'denominator'> & Needing

/** The same for a median: it has no numerator, and the denominator names its units. */
export type Middle = Omit<Own, 'numerator' | 'formula'> & { readonly formula: string } & Needing

/** Fills in the defaults of an entry. */
export const complete = <Id extends string>(described: Described & Identified<Id>): Kindless & Identified<Id> => ({
  parameters: [],
  needs: ['snippet'],
  imports: [],
  formula: null,
  glossary: [],
  ...described,
})
