/** The global that axe-core defines in a page. */
interface Window {
  readonly axe: typeof import('axe-core')
}
