const languageOf = (locale: string): string => locale.split('-')[0] ?? locale

const inBrowser = (): string => {
  const language = document.documentElement.lang || 'en'
  return navigator.languages.find(locale => languageOf(locale) === language) ?? language
}

/** How numbers and dates are written: in the page's language, as the reader's region does. The server's own are English. */
export const LOCALE = typeof document === 'undefined' ? 'en' : inBrowser()
