import type { Rule, SiteSettings } from '../../../../../shared/settings'
import { find } from '../../components/find'
import { h } from '../../components/h'

/** The settings that hold entries. */
type EntrySettings = Pick<SiteSettings, 'conversions' | 'value_event' | 'product_qualified' | 'features' | 'hostnames'>

/** An entry of a setting, as in the API. */
type Entry = EntrySettings[keyof EntrySettings] extends infer Value
  ? Value extends readonly (infer One)[]
    ? One
    : Exclude<Value, null>
  : never

/** The fields of an entry, from left to right, by setting. */
const PARTS: { readonly [Name in keyof EntrySettings]: readonly Part[] } = {
  conversions: ['kind', 'value'],
  value_event: ['kind', 'value'],
  product_qualified: ['kind', 'value', 'times'],
  features: ['name', 'kind', 'value'],
  hostnames: ['value'],
}

type Part = 'name' | 'kind' | 'value' | 'times'

const KINDS = { event: 'Event', page: 'Page', feature: 'Feature' } as const

const kindOf = (rule: Rule): keyof typeof KINDS => ('event' in rule ? 'event' : 'page' in rule ? 'page' : 'feature')

const partsOf = (entry: Entry): Readonly<Record<string, string>> => {
  if (typeof entry === 'string') return { value: entry }
  const kind = kindOf(entry)
  const { times, name, ...rule } = entry as Rule & { times?: number; name?: string }
  return { kind, value: Object.values(rule)[0] ?? '', times: String(times ?? 1), name: name ?? '' }
}

const LABELS: Readonly<Record<Part, string>> = { name: 'Name', kind: 'Type', value: 'Value', times: 'Times' }

const field = (part: Part, label: string, value: string | undefined): Node => {
  const attributes = { 'data-part': part, 'aria-label': label }
  if (part !== 'kind')
    return h('input', {
      ...attributes,
      value: value ?? (part === 'times' ? '1' : ''),
      autocomplete: 'off',
      spellcheck: 'false',
      placeholder: LABELS[part],
      ...(part === 'times' && { type: 'number', min: 1 }),
    })
  const options = Object.entries(KINDS).map(([kind, text]) =>
    h('option', { value: kind, selected: kind === value }, text),
  )
  return h('select', attributes, ...options)
}

const textIn = (row: Element, part: Part): string =>
  row.querySelector<HTMLInputElement>(`[data-part=${part}]`)?.value ?? ''

const entryIn = (row: Element, parts: readonly Part[]): unknown => {
  const value = textIn(row, 'value').trim()
  if (!parts.includes('kind')) return value
  return {
    [textIn(row, 'kind')]: value,
    ...(parts.includes('times') && { times: Number(textIn(row, 'times')) }),
    ...(parts.includes('name') && { name: textIn(row, 'name').trim() }),
  }
}

/** The entries of one setting, which can be edited, removed and added. */
export class Rows {
  readonly #fieldset: HTMLFieldSetElement
  readonly #name: keyof EntrySettings
  readonly #list: HTMLElement
  readonly #add: HTMLElement

  constructor(fieldset: HTMLFieldSetElement, settings: SiteSettings) {
    this.#fieldset = fieldset
    this.#name = fieldset.dataset.setting as keyof EntrySettings
    this.#list = find('ul', fieldset)
    this.#add = find('[data-add]', fieldset)
    const value = settings[this.#name]
    for (const entry of Array.isArray(value) ? value : value === null ? [] : [value]) this.#append(entry as Entry)
    this.#add.addEventListener('click', () => {
      this.#append(null)
      this.#list.querySelector<HTMLElement>('li:last-child [data-part]')?.focus()
    })
    this.#offerOneMore()
  }

  /** The value for the API: a list, or for a single setting its entry or `null`. */
  get value(): unknown {
    const entries = [...this.#list.children].map(row => entryIn(row, PARTS[this.#name]))
    return this.#isSingle ? (entries[0] ?? null) : entries
  }

  get #isSingle(): boolean {
    return this.#name === 'value_event'
  }

  #offerOneMore(): void {
    this.#add.hidden = this.#isSingle && this.#list.children.length > 0
  }

  #append(entry: Entry | null): void {
    const texts = entry === null ? {} : partsOf(entry)
    const which = `${this.#fieldset.dataset.title ?? ''} ${this.#list.children.length + 1}`
    const fields = PARTS[this.#name].map(part => field(part, `${LABELS[part]}, ${which}`, texts[part]))
    const remove = h('button', { type: 'button', class: 'quiet', 'aria-label': `Remove ${which}` }, '×')
    const row = h('li', {}, ...fields, remove)
    remove.addEventListener('click', () => {
      row.remove()
      this.#offerOneMore()
      this.#add.focus()
    })
    this.#list.appendChild(row)
    this.#offerOneMore()
  }
}
