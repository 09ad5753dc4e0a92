/**
 * A count as exports write it, `null` if it is none.
 * @example wholeCount('1234') // 1234
 */
export const wholeCount = (text: string): number | null => {
  const trimmed = text.trim()
  if (!/^\d{1,12}(\.\d+)?$/.test(trimmed)) return null
  return Math.round(Number(trimmed))
}
