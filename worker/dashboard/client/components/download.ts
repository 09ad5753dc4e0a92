import { h } from './h'

/** Saves a file. */
export const saveFile = (name: string, blob: Blob): void => {
  const url = URL.createObjectURL(blob)
  h('a', { href: url, download: name }).click()
  URL.revokeObjectURL(url)
}

/** Saves CSV as a file, with a byte order mark so that spreadsheets read it as UTF-8. */
export const download = (name: string, text: string): void =>
  saveFile(name, new Blob(['\ufeff', text], { type: 'text/csv;charset=utf-8' }))
