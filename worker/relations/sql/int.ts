/** A whole number as it stands in SQL. */
export const int = (value: number): string => {
  if (!Number.isSafeInteger(value)) throw new Error(`${value} is no whole number`)
  return String(value)
}
