type Attribute = string | number | boolean | null | undefined | ((event: Event) => void)
export type Child = Node | string | null | undefined | false

/**
 * Creates an element. Strings become text nodes, never markup. `true` sets an attribute; `false`, `null` and `undefined` omit
 * it. A function under `onclick` and the like becomes a listener.
 * @example h('a', { href: '/', title: path }, path)
 */
export const h = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, Attribute>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] => {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value)
    else if (value === true) element.setAttribute(name, '')
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value))
  }
  // Not `append`, which the Worker's types declare differently.
  element.replaceChildren(...children.filter(child => child !== null && child !== undefined && child !== false))
  return element
}
