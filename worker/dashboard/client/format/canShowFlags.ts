/**
 * Whether this system can draw flags. If it can, a pair of regional indicators is narrower than the two apart. Windows shows
 * two letters instead, and a system without an emoji font shows two empty boxes.
 */
export const canShowFlags = (): boolean => {
  const context = document.createElement('canvas').getContext('2d')
  const widthOf = (text: string): number => context?.measureText(text).width ?? 0
  return widthOf('\u{1f1f8}\u{1f1ea}') < widthOf('\u{1f1f8}') + widthOf('\u{1f1ea}')
}
