import { PAGE } from '../state/page'

const NAME = 'lang'
const A_YEAR = 365 * 24 * 60 * 60

/** Viewers of a share get no cookie: the address keeps their language. */
const remember = (language: string, address: URL): void => {
  if (PAGE.shared) address.searchParams.set(NAME, language)
  else {
    address.searchParams.delete(NAME)
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in browsers that the dashboard supports.
    document.cookie = `footfall_language=${language}; path=/; max-age=${A_YEAR}; samesite=lax`
  }
}

/** Shows the page again in the language that the reader chooses. */
export const languageMenu = (): void => {
  document.querySelector('#language')?.addEventListener('change', ({ target }) => {
    const address = new URL(location.href)
    remember((target as HTMLSelectElement).value, address)
    if (address.href === location.href) location.reload()
    else location.assign(address.href)
  })
}
