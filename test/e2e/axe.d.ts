/** Where axe-core's source puts itself in a page. */
interface Window {
  readonly axe: typeof import('axe-core')
}
