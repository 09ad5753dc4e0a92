import { type Child, h } from './h'

/** A column of a table. */
export interface Head {
  readonly text: string
  /** A tooltip that explains the column. */
  readonly help?: string
  /** Numbers are aligned to the right. */
  readonly number?: boolean
}

const cell = (child: Child, position: number, { number }: Head): HTMLElement =>
  position === 0 ? h('th', { scope: 'row' }, child) : h('td', { class: number && 'number' }, child)

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
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          ...heads.map(({ text, help, number }) =>
            h('th', { scope: 'col', title: help, class: number && 'number' }, text),
          ),
        ),
      ),
      h(
        'tbody',
        {},
        ...rows.map(cells => h('tr', {}, ...heads.map((head, position) => cell(cells[position], position, head)))),
      ),
    ),
  )
