/** A whole number as SQL. */
export const int = (value: number): string => {
  if (!Number.isSafeInteger(value)) throw new Error(`${value} is not a whole number.`)
  return String(value)
}
