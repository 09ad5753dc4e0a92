/** Finds an element that the server rendered. */
export const find = <T extends Node = HTMLElement>(
  selector: string,
  root: Pick<ParentNode, 'querySelector'> = document,
): T => {
  const element = root.querySelector(selector) as T | null
  if (!element) throw new Error(`The page has no ${selector}.`)
  return element
}
