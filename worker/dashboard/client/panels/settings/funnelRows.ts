import type { Funnel, SiteSettings } from '../../../../../shared/settings'
import { fill } from '../../../texts/fill'
import { settingsTexts } from '../../../texts/settings'
import { find } from '../../components/find'
import { h } from '../../components/h'
import { funnelRules } from './funnelRules'
import { idFrom } from './idFrom'
import { StepRows } from './stepRows'
import { textField } from './textField'
import { textIn } from './textIn'

const { fields, form, funnels: texts } = settingsTexts

interface FunnelRow {
  readonly row: HTMLElement
  readonly steps: StepRows
  /** The id of a funnel that was not added here. */
  readonly id: string | undefined
}

/** The site's funnels, which can be added, changed and removed. */
export class FunnelRows {
  readonly #fieldset: HTMLFieldSetElement
  readonly #list: HTMLElement
  readonly #add: HTMLElement
  #rows: readonly FunnelRow[] = []
  #count = 0

  constructor(fieldset: HTMLFieldSetElement, { funnels }: Pick<SiteSettings, 'funnels'>) {
    this.#fieldset = fieldset
    this.#list = find('ul', fieldset)
    this.#add = find('[data-add]', fieldset)
    for (const funnel of funnels) this.#append(funnel)
    this.#add.addEventListener('click', () => {
      find<HTMLInputElement>('[data-part=name]', this.#append(null)).focus()
      this.#changed()
    })
  }

  /** The value for the API. */
  get value(): readonly unknown[] {
    const ids = this.#rows.flatMap(({ id }) => id ?? [])
    return this.#rows.map(({ row, steps, id: before }) => {
      const name = textIn(row, 'name')
      const id = before ?? idFrom(name, 'funnel', ids)
      ids.push(id)
      const [order, scope] = [textIn(row, 'order'), textIn(row, 'scope')]
      return { id, name, steps: steps.value, order, scope, window: Number(textIn(row, 'window')) }
    })
  }

  #changed(): void {
    this.#fieldset.dispatchEvent(new Event('input', { bubbles: true }))
  }

  #append(funnel: Funnel | null): HTMLElement {
    this.#count += 1
    const which = fill(texts.funnel, { number: this.#count })
    const steps = new StepRows(which, funnel?.steps ?? [], () => this.#changed())
    const remove = h(
      'button',
      { type: 'button', class: 'quiet', 'aria-label': fill(form.remove, { entry: which }) },
      '×',
    )
    const name = textField(
      'name',
      fill(form.field, { field: fields.name, entry: which }),
      funnel?.name ?? '',
      fields.name,
    )
    const row = h('li', { class: 'funnel' }, name, remove, funnelRules(which, funnel), steps.list, steps.add)
    this.#rows = [...this.#rows, { row, steps, id: funnel?.id }]
    remove.addEventListener('click', () => {
      row.remove()
      this.#rows = this.#rows.filter(one => one.row !== row)
      this.#changed()
      this.#add.focus()
    })
    this.#list.appendChild(row)
    return row
  }
}
