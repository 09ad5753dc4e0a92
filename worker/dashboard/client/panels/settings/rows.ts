import type { Goal, Rule, SiteSettings } from '../../../../../shared/settings'
import { fill } from '../../../texts/fill'
import { settingsTexts } from '../../../texts/settings'
import { find } from '../../components/find'
import { h } from '../../components/h'
import { choiceField } from './choiceField'
import { idFrom } from './idFrom'
import { textField } from './textField'
import { textIn } from './textIn'

/** The settings that hold entries. */
type EntrySettings = Pick<
  SiteSettings,
  | 'goals'
  | 'conversions'
  | 'value_event'
  | 'product_qualified'
  | 'features'
  | 'hostnames'
  | 'filters_out'
  | 'kept_parameters'
  | 'reports'
>

/** An entry of a setting, as in the API. */
type Entry = EntrySettings[keyof EntrySettings] extends infer Value
  ? Value extends readonly (infer One)[]
    ? One
    : Exclude<Value, null>
  : never

/** The fields of an entry, from left to right, by setting. */
const PARTS: { readonly [Name in keyof EntrySettings]: readonly Part[] } = {
  goals: ['name', 'goal', 'value', 'worth'],
  conversions: ['kind', 'value'],
  value_event: ['kind', 'value'],
  product_qualified: ['kind', 'value', 'times'],
  features: ['name', 'kind', 'value'],
  hostnames: ['value'],
  filters_out: ['what', 'value'],
  kept_parameters: ['value'],
  reports: ['every', 'channel', 'value'],
}

type Part = 'every' | 'channel' | 'name' | 'kind' | 'goal' | 'what' | 'value' | 'times' | 'worth'

const choices = (...ids: readonly (keyof typeof settingsTexts.choices)[]): Readonly<Record<string, string>> =>
  Object.fromEntries(ids.map(id => [id, settingsTexts.choices[id]]))

/** Fields with choices. */
const CHOICES: Partial<Readonly<Record<Part, Readonly<Record<string, string>>>>> = {
  every: choices('week', 'month'),
  channel: choices('email', 'slack', 'webhook'),
  kind: choices('event', 'page', 'feature'),
  goal: choices('event', 'page', 'scroll', 'seconds'),
  what: choices('ip', 'country', 'hostname', 'page', 'browser', 'visitor'),
}

const NUMBERS: readonly Part[] = ['times', 'worth']

type FieldTexts = Readonly<Record<string, string>>

const isGoal = (entry: Exclude<Entry, string>): entry is Goal => 'id' in entry

const textsOfGoal = ({ name, value, id: _, where: __, ...rule }: Goal): FieldTexts => {
  const [[goal, at] = ['event', '']] = Object.entries(rule)
  return { name, goal, value: String(at), worth: value === undefined ? '' : String(value) }
}

const textsOf = (entry: Entry): FieldTexts => {
  if (typeof entry === 'string') return { value: entry }
  if (isGoal(entry)) return textsOfGoal(entry)
  if ('every' in entry) return { every: entry.every, channel: entry.kind, value: entry.to }
  if ('what' in entry) return { what: entry.what, value: entry.is }
  const { times, name, ...rule } = entry as Rule & { times?: number; name?: string }
  const [[kind, value] = ['event', '']] = Object.entries(rule)
  return { kind, value: String(value), times: String(times ?? 1), name: name ?? '' }
}

const labelOf = (part: Part, entry: string): string =>
  fill(settingsTexts.form.field, { field: settingsTexts.fields[part], entry })

const field = (part: Part, label: string, value: string | undefined): Node => {
  const choices = CHOICES[part]
  if (choices) return choiceField(part, label, choices, value)
  const number = NUMBERS.includes(part) && { type: 'number', min: part === 'times' ? 1 : 0, step: 'any' }
  return textField(part, label, value ?? (part === 'times' ? '1' : ''), settingsTexts.fields[part], number || {})
}

/** A goal keeps its id and its filters, which this form does not show. */
const goalIn = (row: Element, id: string, before: Goal | undefined): unknown => {
  const [name, kind, value, worth] = [
    textIn(row, 'name'),
    textIn(row, 'goal'),
    textIn(row, 'value'),
    textIn(row, 'worth'),
  ]
  return {
    id,
    name,
    [kind]: kind === 'scroll' || kind === 'seconds' ? Number(value) : value,
    ...(before?.where && { where: before.where }),
    ...(worth !== '' && { value: Number(worth) }),
  }
}

const entryIn = (row: Element, parts: readonly Part[]): unknown => {
  const value = textIn(row, 'value')
  if (parts.includes('every')) return { every: textIn(row, 'every'), kind: textIn(row, 'channel'), to: value }
  if (parts.includes('what')) return { what: textIn(row, 'what'), is: value }
  if (!parts.includes('kind')) return value
  return {
    [textIn(row, 'kind')]: value,
    ...(parts.includes('times') && { times: Number(textIn(row, 'times')) }),
    ...(parts.includes('name') && { name: textIn(row, 'name') }),
  }
}

/** The entries of one setting, which can be edited, removed and added. */
export class Rows {
  readonly #fieldset: HTMLFieldSetElement
  readonly #name: keyof EntrySettings
  readonly #list: HTMLElement
  readonly #add: HTMLElement
  /** The goals of rows that were not added here. */
  readonly #goals = new WeakMap<Element, Goal>()

  constructor(fieldset: HTMLFieldSetElement, settings: SiteSettings) {
    this.#fieldset = fieldset
    this.#name = fieldset.dataset.setting as keyof EntrySettings
    this.#list = find('ul', fieldset)
    this.#add = find('[data-add]', fieldset)
    const value = settings[this.#name]
    for (const entry of Array.isArray(value) ? value : value === null ? [] : [value]) this.#append(entry as Entry)
    this.#add.addEventListener('click', () => {
      this.#append(null)
      this.#fieldset.dispatchEvent(new Event('input', { bubbles: true }))
      this.#list.querySelector<HTMLElement>('li:last-child [data-part]')?.focus()
    })
    this.#offerOneMore()
  }

  /** The value for the API: a list, or for a single setting its entry or `null`. */
  get value(): unknown {
    const rows = [...this.#list.children]
    if (this.#name === 'goals') return this.#goalsIn(rows)
    const entries = rows.map(row => entryIn(row, PARTS[this.#name]))
    return this.#isSingle ? (entries[0] ?? null) : entries
  }

  #goalsIn(rows: readonly Element[]): unknown {
    const ids = rows.flatMap(row => this.#goals.get(row)?.id ?? [])
    return rows.map(row => {
      const before = this.#goals.get(row)
      const id = before?.id ?? idFrom(textIn(row, 'name'), 'goal', ids)
      ids.push(id)
      return goalIn(row, id, before)
    })
  }

  get #isSingle(): boolean {
    return this.#name === 'value_event'
  }

  #offerOneMore(): void {
    this.#add.hidden = this.#isSingle && this.#list.children.length > 0
  }

  #append(added: Entry | null): void {
    const texts = added === null ? {} : textsOf(added)
    const number = this.#list.children.length + 1
    const entry = fill(settingsTexts.form.entry, { list: this.#fieldset.dataset.title ?? '', number })
    const fields = PARTS[this.#name].map(part => field(part, labelOf(part, entry), texts[part]))
    const remove = h(
      'button',
      { type: 'button', class: 'quiet', 'aria-label': fill(settingsTexts.form.remove, { entry }) },
      '×',
    )
    const row = h('li', {}, ...fields, remove)
    if (added !== null && typeof added !== 'string' && isGoal(added)) this.#goals.set(row, added)
    remove.addEventListener('click', () => {
      row.remove()
      this.#fieldset.dispatchEvent(new Event('input', { bubbles: true }))
      this.#offerOneMore()
      this.#add.focus()
    })
    this.#list.appendChild(row)
    this.#offerOneMore()
  }
}
