import type { Answer } from '../../../../shared/question'
import type { View } from '../../address'
import { type Breakdown, hasMore, nextRows, sheetQuestions, sheetTable, tabOf, totalQuestion } from '../../breakdown'
import type { MetricQuestion } from '../../questions'
import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'
import { breakdownCsv } from '../format/breakdownCsv'
import { searchFilters } from '../format/searchFilters'
import { ask } from '../state/ask'
import { definitionOf } from '../state/definitionOf'
import { go, hrefOf, onView, view as shownView, withOwn } from '../state/view'
import { breakdownTabs } from './breakdownTabs'
import { emptyState } from './emptyState'
import { find } from './find'
import { type Groups, groupRows, inOrder } from './groupRows'
import { h } from './h'
import { panel } from './panel'
import { periodOf } from './queryPanel'
import { refill } from './refill'
import { warnings } from './warnings'

const { dialogs, empty, panels, sheets } = clientFrameTexts

/** The parameters of the address that only a sheet has. */
const CLOSED = { all: null, find: null, rows: null, sort: null, columns: null }

/** Milliseconds without a key press after which a search begins. */
const PAUSE = 250

interface Shown extends Groups {
  readonly answer: Answer | undefined
}

const NOTHING: Shown = { rows: [], total: null, answer: undefined }

const questionsOf = (breakdown: Breakdown, view: View): readonly MetricQuestion[] => {
  const found = searchFilters(tabOf(breakdown, view).dimension, view.own.find ?? '')
  return [totalQuestion(breakdown, sheetTable(breakdown, view), view), ...sheetQuestions(breakdown, view, found)]
}

/** Asks each question once, so that a further page does not load those before it again. */
const remembering = () => {
  const answers = new Map<string, Promise<Answer>>()
  return (question: MetricQuestion): Promise<Answer> => {
    const key = JSON.stringify(question)
    const answer = answers.get(key) ?? ask(question)
    answers.set(key, answer)
    answer.catch(() => answers.delete(key))
    return answer
  }
}

const countText = (breakdown: Breakdown, view: View, { rows: { length: count } }: Groups): string =>
  fill(hasMore(breakdown, view, count) ? sheets.atLeast : sheets.rows, { count })

const contentOf = (breakdown: Breakdown, view: View, shown: Shown): (HTMLElement | null)[] => {
  if (shown.rows.length === 0) return [emptyState(view.own.find ? empty.matches : empty.rows)]
  const more = h(
    'a',
    { class: 'more', href: hrefOf(withOwn({ rows: nextRows(view) })), 'data-view': true },
    panels.showMore,
  )
  return [groupRows(sheetTable(breakdown, view), shown), hasMore(breakdown, view, shown.rows.length) ? more : null]
}

/** Fills a sheet with the groups that its view describes, and nothing while it is closed. */
const mountRows = (section: HTMLElement, breakdown: Breakdown): void => {
  const remembered = remembering()
  const isOpen = (view: View): boolean => view.own.all === breakdown.id
  panel<Shown>({
    key: view => (isOpen(view) ? JSON.stringify(questionsOf(breakdown, view)) : ''),
    load: async view => {
      if (!isOpen(view)) return NOTHING
      const [whole, ...answers] = await Promise.all(questionsOf(breakdown, view).map(remembered))
      const table = sheetTable(breakdown, view)
      return {
        rows: answers.flatMap(({ rows }) => rows),
        total: whole?.rows[0]?.metrics[table.metrics[0]]?.value ?? null,
        answer: answers[0],
      }
    },
    draw: (body, shown, view) => {
      if (!isOpen(view)) return
      const ordered = { ...shown, rows: inOrder(sheetTable(breakdown, view), shown.rows) }
      const tabs =
        breakdown.tabs.length > 1 &&
        breakdownTabs(breakdown, tabOf(breakdown, view), sheets.tabs, ({ isMap }) => !isMap)
      find('[role=status]', section).textContent = countText(breakdown, view, shown)
      refill(body, tabs, ...contentOf(breakdown, view, ordered), ...warnings(shown.answer))
    },
    csv: (shown, view) => {
      const table = sheetTable(breakdown, view)
      return {
        period: periodOf(shown.answer),
        text: breakdownCsv(table, { ...shown, rows: inOrder(table, shown.rows) }),
      }
    },
  })(section)
}

const searchBox = (): HTMLElement => {
  const input = h('input', { type: 'search', autocomplete: 'off', spellcheck: 'false', placeholder: sheets.search })
  input.value = shownView().own.find ?? ''
  let timer = 0
  input.addEventListener('input', () => {
    clearTimeout(timer)
    timer = window.setTimeout(() => go(withOwn({ find: input.value || null, rows: null })), PAUSE)
  })
  onView(({ own }) => {
    if (document.activeElement !== input) input.value = own.find ?? ''
  })
  return h('label', {}, h('span', { class: 'unseen' }, sheets.searchLabel), input)
}

/** Checkboxes for the columns. The last one cannot be removed. */
const columnChoice = (breakdown: Breakdown): HTMLElement => {
  const boxes = breakdown.all.map(id => h('input', { type: 'checkbox', value: id }))
  const chosen = (): string[] => boxes.filter(({ checked }) => checked).map(({ value }) => value)
  const items = boxes.map((box, at) => {
    const id = breakdown.all[at]
    box.addEventListener('change', () => go(withOwn({ columns: chosen().join(',') || null })))
    return h('li', {}, h('label', {}, box, h('span', {}, id ? definitionOf(id).name : '')))
  })
  onView(view => {
    const { metrics } = sheetTable(breakdown, view)
    for (const box of boxes) {
      box.checked = metrics.some(id => id === box.value)
      box.disabled = box.checked && metrics.length === 1
    }
  })
  return h('details', { class: 'menu columns' }, h('summary', {}, sheets.columns), h('ul', {}, ...items))
}

const createDialog = (breakdown: Breakdown, title: string): HTMLDialogElement => {
  const id = `${breakdown.id}-sheet-title`
  const csv = { type: 'button', class: 'quiet csv', 'data-csv': true, 'aria-label': fill(sheets.csv, { panel: title }) }
  const dialog = h('dialog', { class: 'sheet', id: `${breakdown.id}-sheet`, 'aria-labelledby': id })
  const close = h(
    'button',
    { type: 'button', class: 'quiet', 'aria-label': dialogs.close, onclick: () => dialog.close() },
    '×',
  )
  const section = h(
    'section',
    {},
    h(
      'header',
      {},
      h('h2', { id }, title),
      searchBox(),
      columnChoice(breakdown),
      h('span', { class: 'count', role: 'status' }),
      h('button', csv, 'CSV'),
      close,
    ),
    h('div', { class: 'body', 'data-body': true }),
  )
  dialog.replaceChildren(section)
  mountRows(section, breakdown)
  return dialog
}

/** Opens and closes a sheet with all groups of a breakdown, as the address says. */
export const sheet = (breakdown: Breakdown, title: string): void => {
  let dialog: HTMLDialogElement | null = null
  const create = (): HTMLDialogElement => {
    const created = createDialog(breakdown, title)
    created.addEventListener('close', () => {
      if (shownView().own.all === breakdown.id) go(withOwn(CLOSED))
      document.querySelector<HTMLElement>(`#${breakdown.id} .more`)?.focus()
    })
    document.body.appendChild(created)
    return created
  }
  onView(({ own }) => {
    if (own.all !== breakdown.id) return dialog?.close()
    dialog ??= create()
    if (!dialog.open) dialog.showModal()
  })
}
