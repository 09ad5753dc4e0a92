import type { Answer } from '../../../../shared/question'
import type { View } from '../../address'
import { about, type MetricQuestion } from '../../questions'
import { find } from '../components/find'
import { h } from '../components/h'
import { PAGE } from '../state/page'
import { go, onView, withOwn } from '../state/view'

/** The menus, which are parameters of the address and of the metric. */
const MENUS = ['first', 'return'] as const

const MOST_EVENTS = 100

/** The chosen events, as parameters of the metric. */
export const chosenEvents = ({ own }: View): Readonly<Record<string, string>> =>
  Object.fromEntries(MENUS.flatMap(name => (own[name] ? [[name, own[name]]] : [])))

/** Asks for the events to choose from, which viewers of a shared link may not. */
export const eventsQuestions = (view: View): MetricQuestion[] => {
  if (PAGE.shared) return []
  const { compare: _, ...rest } = about(view)
  return [{ ...rest, metrics: ['events'], dimensions: ['event'], order_by: [['events', 'desc']], limit: MOST_EVENTS }]
}

const namesIn = (answer: Answer | undefined): string[] =>
  (answer?.rows ?? []).flatMap(({ dimensions }) => dimensions?.event ?? [])

const fillMenu = (menu: HTMLSelectElement, names: readonly string[]): void => {
  const { value } = menu
  const all = value === '' || names.includes(value) ? names : [value, ...names]
  const [without] = menu.options
  menu.replaceChildren(...(without ? [without] : []), ...all.map(name => h('option', { value: name }, name)))
  menu.value = value
}

/** Fills both menus with the events of the period. */
export const fillEvents = (answer: Answer | undefined): void => {
  for (const name of MENUS) fillMenu(find<HTMLSelectElement>(`#${name}`), namesIn(answer))
}

const showChosen = (menu: HTMLSelectElement, value: string): void => {
  if (![...menu.options].some(option => option.value === value)) menu.add(h('option', { value }, value))
  menu.value = value
}

/** Keeps the menus and the address in step. */
export const retentionEvents = (section: HTMLElement): void => {
  for (const name of MENUS) {
    const menu = find<HTMLSelectElement>(`#${name}`, section)
    menu.addEventListener('change', () => go(withOwn({ [name]: menu.value || null })))
    onView(({ own }) => showChosen(menu, own[name] ?? ''))
  }
}
