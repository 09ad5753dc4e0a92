/** A checked row of an import. */
export interface ImportRow {
  /** Days since 1970 of the site's local day. */
  readonly day: number
  /** By name, in the order of the kind's definition. */
  readonly texts: Readonly<Record<string, string>>
  /** The currency of its money, `null` without any. */
  readonly currency: string | null
  /** By name, in the order of the kind's definition; money in minor units. */
  readonly numbers: Readonly<Record<string, number>>
}

/**
 * What tells a row from the others of its kind and day.
 * @example rowKey(row) // '["Paid search","Google","winter"]'
 */
export const rowKey = ({ texts }: ImportRow): string => JSON.stringify(Object.values(texts))
