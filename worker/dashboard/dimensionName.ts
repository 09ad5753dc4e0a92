/** Names that do not follow from the id. */
const NAMES: Readonly<Record<string, string>> = {
  os: 'Operating system',
  'property:link_url': 'Link',
}

/** @example dimensionName('entry_page') // 'Entry page' */
export const dimensionName = (id: string): string => {
  const words = id.replace(/^property:/, '').replaceAll('_', ' ')
  return NAMES[id] ?? `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}
