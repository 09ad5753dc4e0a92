import type { MetricId } from '../../../metrics/metricId'
import type { ALL_TEXTS } from '../allTexts'
import type { PluralForms } from '../dictionary'
import type { Template } from '../texts'

type TranslatedText<Text> = Text extends string
  ? string
  : Text extends Template<string>
    ? string | PluralForms
    : { readonly [Key in keyof Text]?: TranslatedText<Text[Key]> }

/** The texts of a language. What is missing is shown in English. */
export type Translation = TranslatedText<typeof ALL_TEXTS> & {
  /** By id. */
  readonly metricNames?: Readonly<Partial<Record<MetricId, string>>>
  /** By id. */
  readonly dimensionNames?: Readonly<Record<string, string>>
}
