import { h } from './h'

/** Saves CSV as a file, with a byte order mark so that spreadsheets read it as UTF-8. */
export const download = (name: string, text: string): void => {
  const url = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/csv;charset=utf-8' }))
  h('a', { href: url, download: name }).click()
  URL.revokeObjectURL(url)
}
