import { DICTIONARY, type PluralForms, type TextGroup } from './dictionary.ts'

declare const NAMES: unique symbol

/** A text with places for values. `fill` puts them in; as it is, it is no string. */
export interface Template<Name extends string> {
  readonly [NAMES]: Name
}

type NamesIn<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | NamesIn<Rest> : never

type TextOf<Text extends string> = [NamesIn<Text>] extends [never] ? string : Template<NamesIn<Text>>

type One<Text> = Text extends string
  ? TextOf<Text>
  : Text extends PluralForms
    ? Template<'count' | NamesIn<Text[keyof Text]>>
    : never

/** English texts as code reads them. */
export type Texts<English> = {
  readonly [Key in keyof English]: English[Key] extends string | PluralForms
    ? One<English[Key]>
    : { readonly [Inner in keyof English[Key]]: One<English[Key][Inner]> }
}

const names = new WeakMap<object, string>()

/** The name of a page's texts. */
export const nameOf = (group: object): string => names.get(group) ?? ''

const isPlain = (text: unknown): text is string | PluralForms =>
  typeof text === 'string' || (typeof text === 'object' && text !== null && 'other' in text)

/** English texts with a translation over them: what it lacks stays English. */
export const overlaid = <Group extends object>(english: Group, translated: TextGroup = {}): Group =>
  Object.fromEntries(
    Object.entries(english).map(([key, text]) => {
      const other = translated[key]
      if (other === undefined) return [key, text]
      return [key, isPlain(text) ? other : overlaid(text, other as TextGroup)]
    }),
  ) as Group

/**
 * The texts of a page, by key: texts, plural forms, or a group of these. In the browser they are in the page's language; on the
 * server they are English, and `useTexts` has those of a request.
 * @example const pathsTexts = texts('paths', { title: 'Paths', steps: { one: '{count} step', other: '{count} steps' } })
 */
export const texts = <const English extends TextGroup>(name: string, english: English): Texts<English> => {
  const group = overlaid(english, DICTIONARY[name]) as unknown as Texts<English>
  names.set(group, name)
  return group
}
