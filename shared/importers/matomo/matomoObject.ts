/** An object of Matomo's answer. */
export type MatomoObject = Readonly<Record<string, unknown>>

export const isMatomoObject = (value: unknown): value is MatomoObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A value as text; '' if there is none. Matomo writes numbers as either. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

export const numberOf = (value: unknown): number | undefined => (textOf(value) === '' ? undefined : Number(value))

export const listOf = (value: unknown): readonly MatomoObject[] =>
  Array.isArray(value)
    ? value.filter(isMatomoObject)
    : isMatomoObject(value)
      ? Object.values(value).filter(isMatomoObject)
      : []
