import { type Child, h } from './h'

/** A column of a table. */
export interface Head {
  readonly text: string
  /** A tooltip that explains the column. */
  readonly help?: string
  /** Numbers are aligned to the right. */
  readonly number?: boolean
  /** Hidden on a phone, where there is no space for it. */
  readonly wide?: boolean
  /** The address of the view that is sorted by it, and whether the rows are. */
  readonly sort?: { readonly href: string; readonly direction: 'asc' | 'desc' | null }
}

const SORTED = { asc: 'ascending', desc: 'descending' } as const

const classOf = ({ number, wide }: Head): string | false =>
  [number && 'number', wide && 'wide'].filter(Boolean).join(' ') || false

const cell = (child: Child, position: number, head: Head): HTMLElement =>
  position === 0 ? h('th', { scope: 'row' }, child) : h('td', { class: classOf(head) }, child)

const headCell = (head: Head): HTMLElement => {
  const { text, help, sort } = head
  const sorted = sort?.direction ? SORTED[sort.direction] : undefined
  const content = sort ? h('a', { class: 'sort', href: sort.href, 'data-view': true }, text) : text
  return h('th', { scope: 'col', title: help, class: classOf(head), 'aria-sort': sorted }, content)
}

/** A click anywhere on a row follows the link that names it. */
const followRow = (event: Event): void => {
  const { target } = event
  if (!(target instanceof Element) || target.closest('a, button, input') || String(getSelection()) !== '') return
  target.closest('tr')?.querySelector<HTMLElement>('a.group')?.click()
}

/**
 * A table whose first column names each row. It scrolls in its own frame when it is wider than the page.
 * @param caption names the table for screen readers
 */
export const table = (caption: string, heads: readonly Head[], rows: readonly (readonly Child[])[]): HTMLElement =>
  h(
    'div',
    { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': caption },
    h(
      'table',
      {},
      h('caption', { class: 'unseen' }, caption),
      h('thead', {}, h('tr', {}, ...heads.map(headCell))),
      h(
        'tbody',
        { onclick: followRow },
        ...rows.map(cells => h('tr', {}, ...heads.map((head, position) => cell(cells[position], position, head)))),
      ),
    ),
  )
