/** The value of a field of an entry, without spaces around it. */
export const textIn = (row: Element, part: string): string =>
  row.querySelector<HTMLInputElement>(`[data-part="${part}"]`)?.value.trim() ?? ''
