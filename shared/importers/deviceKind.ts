/** The kinds that the collector knows, by what tools call them. */
const KINDS: ReadonlyMap<string, string> = new Map([
  ['desktop', 'desktop'],
  ['laptop', 'desktop'],
  ['feature phone', 'mobile'],
  ['mobile', 'mobile'],
  ['phablet', 'mobile'],
  ['phone', 'mobile'],
  ['smartphone', 'mobile'],
  ['tablet', 'tablet'],
  ['smart tv', 'tv'],
  ['smarttv', 'tv'],
  ['tv', 'tv'],
])

/** A kind of device; '' for one that the collector does not know. */
export const deviceKind = (name: string): string => KINDS.get(name.toLowerCase()) ?? ''
