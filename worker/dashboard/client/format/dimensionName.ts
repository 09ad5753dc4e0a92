/** Names that are not the dimension's id with its underscores taken out. */
const NAMES: Readonly<Record<string, string>> = { os: 'Operating system' }

/** @example dimensionName('entry_page') // 'Entry page' */
export const dimensionName = (id: string): string => {
  const words = id.replace(/^property:/, '').replaceAll('_', ' ')
  return NAMES[id] ?? `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}
