import { OPERATORS, type Row, type ValueFilter } from '../../../../shared/question'
import { about } from '../../questions'
import { clientFrameTexts } from '../../texts/clientFrame'
import { groupText, isCoded } from '../format/groupText'
import { number } from '../format/number'
import { ApiError } from '../state/apiError'
import { ask } from '../state/ask'
import { go, view } from '../state/view'
import { find } from './find'
import { h } from './h'
import { closeMenu } from './menus'

interface Fields extends HTMLFormControlsCollection {
  readonly dimension: HTMLSelectElement
  readonly operator: HTMLSelectElement
  readonly property: HTMLInputElement
  readonly search: HTMLInputElement
}

/** A value that the site has recorded. */
interface Suggestion {
  readonly value: string
  readonly visitors: number
}

const PROPERTY = 'property'
const MOST_SHOWN = 50
/** Only the client knows the names of codes, so it loads all codes and searches them itself. */
const MOST_CODED = 300

const suggestionOf = (dimension: string, { dimensions, metrics }: Row): Suggestion => ({
  value: dimensions?.[dimension] ?? '',
  visitors: metrics.visitors?.value ?? 0,
})

/** The values with most visitors that contain a text, under the other filters of the view. */
const suggest = async (dimension: string, text: string, signal: AbortSignal): Promise<readonly Suggestion[]> => {
  const { compare: _, ...rest } = about(view())
  const others = rest.filters.filter(([, on]) => on !== dimension)
  const coded = isCoded(dimension)
  const { rows } = await ask(
    {
      ...rest,
      filters: text === '' || coded ? others : [...others, ['contains', dimension, [text]]],
      metrics: ['visitors'],
      dimensions: [dimension],
      order_by: [['visitors', 'desc']],
      limit: coded ? MOST_CODED : MOST_SHOWN,
    },
    signal,
  )
  return rows.map(row => suggestionOf(dimension, row))
}

const contains = (dimension: string, value: string, text: string): boolean =>
  `${value}\n${groupText(dimension, value)}`.toLowerCase().includes(text.toLowerCase())

/** The form of the filter menu, with suggested and selected values. */
class Builder {
  readonly #form: HTMLFormElement
  readonly #fields: Fields
  readonly #list: HTMLElement
  readonly #note: HTMLElement
  #chosen = new Set<string>()
  #suggestions: readonly Suggestion[] = []
  #running = new AbortController()
  /** Whether the form was submitted without a value. */
  #lacksValue = false

  constructor(menu: HTMLDetailsElement) {
    this.#form = find('form', menu)
    this.#fields = this.#form.elements as Fields
    this.#list = find('#filter-values', menu)
    this.#note = find('#filter-note', menu)
    const { dimension, operator, property, search } = this.#fields
    for (const field of [dimension, operator]) field.addEventListener('change', () => this.#restart())
    property.addEventListener('change', () => this.#restart())
    search.addEventListener('input', () => {
      this.#lacksValue = false
      void this.#load()
    })
    this.#form.addEventListener('submit', event => {
      event.preventDefault()
      this.#apply(menu)
    })
  }

  /** Shows a filter, or none. */
  show(filter: ValueFilter | null): void {
    const { dimension, operator, property } = this.#fields
    if (filter) {
      const isProperty = filter[1].startsWith(`${PROPERTY}:`)
      dimension.value = isProperty ? PROPERTY : filter[1]
      property.value = isProperty ? filter[1].slice(PROPERTY.length + 1) : ''
      operator.value = filter[0]
    }
    this.#restart()
    const first = filter ? this.#fields.search : dimension
    first.focus()
  }

  get #dimension(): string {
    const { dimension, property } = this.#fields
    return dimension.value === PROPERTY ? `${PROPERTY}:${property.value.trim()}` : dimension.value
  }

  get #operator(): ValueFilter[0] {
    return OPERATORS.find(one => one === this.#fields.operator.value) ?? 'is'
  }

  get #isNamed(): boolean {
    return this.#dimension !== `${PROPERTY}:`
  }

  #restart(): void {
    const { dimension, property, search } = this.#fields
    const isProperty = dimension.value === PROPERTY
    property.required = isProperty
    property.closest('label')?.toggleAttribute('hidden', !isProperty)
    search.value = ''
    const [, , values = []] = view().filters.find(([is, on]) => is === this.#operator && on === this.#dimension) ?? []
    this.#chosen = new Set(values)
    this.#suggestions = []
    this.#lacksValue = false
    this.#draw()
    void this.#load()
  }

  async #load(): Promise<void> {
    this.#running.abort()
    this.#running = new AbortController()
    const { signal } = this.#running
    this.#draw()
    if (!this.#isNamed) return
    try {
      const found = await suggest(this.#dimension, this.#text, signal)
      if (signal.aborted) return
      this.#suggestions = found
      this.#draw()
    } catch (error) {
      // Without suggestions a value can still be typed.
      if (!signal.aborted && error instanceof ApiError) this.#note.textContent = error.message
    }
  }

  get #text(): string {
    return this.#fields.search.value.trim()
  }

  #draw(): void {
    const [dimension, text] = [this.#dimension, this.#text]
    const found = this.#suggestions.filter(({ value }) => contains(dimension, value, text)).slice(0, MOST_SHOWN)
    const known = new Set(found.map(({ value }) => value))
    const extra = [...this.#chosen, ...(text === '' ? [] : [text])].filter(value => !known.has(value))
    const rows = [...new Set(extra)].map(value => ({ value, visitors: null }))
    this.#list.replaceChildren(...[...rows, ...found].map(row => this.#choice(row)))
    this.#note.textContent = this.#noteOf(rows.length + found.length)
  }

  #noteOf(values: number): string {
    if (this.#lacksValue) return clientFrameTexts.filters.lacksValue
    return this.#isNamed && values === 0 ? clientFrameTexts.filters.noValues : ''
  }

  #choice({ value, visitors }: { value: string; visitors: number | null }): HTMLElement {
    const toggle = (event: Event): void => {
      const { checked } = event.target as HTMLInputElement
      if (checked) this.#chosen.add(value)
      else this.#chosen.delete(value)
    }
    return h(
      'li',
      {},
      h(
        'label',
        {},
        h('input', { type: 'checkbox', value, checked: this.#chosen.has(value), onchange: toggle }),
        h('bdi', {}, groupText(this.#dimension, value)),
        visitors !== null && h('small', {}, number(visitors)),
      ),
    )
  }

  /** Without a selection, the typed text is the value. */
  #apply(menu: HTMLDetailsElement): void {
    const values = this.#chosen.size === 0 && this.#text !== '' ? [this.#text] : [...this.#chosen]
    if (values.length === 0) {
      this.#lacksValue = true
      this.#draw()
      this.#fields.search.focus()
      return
    }
    const [dimension, operator] = [this.#dimension, this.#operator]
    closeMenu(menu)
    go({
      filters: [
        ...view().filters.filter(([is, on]) => is !== operator || on !== dimension),
        [operator, dimension, values],
      ],
    })
  }
}

const builders = new WeakMap<HTMLDetailsElement, Builder>()

/** Shows the form that adds a filter, or changes one. */
export const filterBuilder = (menu: HTMLDetailsElement, filter: ValueFilter | null): void => {
  const builder = builders.get(menu) ?? new Builder(menu)
  builders.set(menu, builder)
  builder.show(filter)
}
