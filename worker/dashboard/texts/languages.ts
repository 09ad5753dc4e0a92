/** Languages of the dashboard, by what they call themselves. Each but English has a file in `translations/`. */
export const LANGUAGES = {
  en: 'English',
  id: 'Bahasa Indonesia',
  de: 'Deutsch',
  es: 'Español',
  sv: 'Svenska',
  tr: 'Türkçe',
  ja: '日本語',
  zh: '简体中文',
} as const

/** The code of a language of the dashboard. */
export type Language = keyof typeof LANGUAGES
