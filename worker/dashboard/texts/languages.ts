/** Languages of the dashboard, by what they call themselves. Each but English has a file in `translations/`. */
export const LANGUAGES = {
  en: 'English',
} as const

/** The code of a language of the dashboard. */
export type Language = keyof typeof LANGUAGES
