/**
 * Whether this system has flags: then two regional indicators are drawn as one. Windows has none, and without a font for
 * them there are two empty boxes.
 */
export const canShowFlags = (): boolean => {
  const context = document.createElement('canvas').getContext('2d')
  const widthOf = (text: string): number => context?.measureText(text).width ?? 0
  return widthOf('\u{1f1f8}\u{1f1ea}') < widthOf('\u{1f1f8}') + widthOf('\u{1f1ea}')
}
