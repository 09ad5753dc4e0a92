import type { FunnelStep } from '../../../../../shared/settings'
import { OPERATOR_NAMES } from '../../../operatorNames'
import { fill } from '../../../texts/fill'
import { LOCALE } from '../../../texts/locale'
import { settingsTexts } from '../../../texts/settings'
import { h } from '../../components/h'
import { choiceField } from './choiceField'
import { textField } from './textField'
import { textIn } from './textIn'

type Purpose = 'add' | 'up' | 'remove'

const MIN_STEPS = 2
const MAX_STEPS = 8

const { choices, fields, form, funnels: texts } = settingsTexts

const KINDS = { event: choices.event, page: choices.page }

const EITHER = new Intl.ListFormat(LOCALE, { type: 'disjunction' })
const EVERY = new Intl.ListFormat(LOCALE, { type: 'conjunction' })

/** The filters of a step, which the form shows and does not edit. */
const filterText = ({ where = [] }: FunnelStep): string => {
  const filters = where.map(([operator, dimension, values]) =>
    fill(texts.filter, { dimension, operator: OPERATOR_NAMES[operator], values: EITHER.format(values) }),
  )

  return filters.length === 0 ? '' : fill(texts.filters, { filters: EVERY.format(filters) })
}

const ruleOf = (step: FunnelStep): readonly [kind: string, value: string] =>
  'event' in step ? ['event', step.event] : ['page', step.page]

const button = (purpose: Purpose, text: string): HTMLButtonElement =>
  h('button', { type: 'button', class: 'quiet', 'data-purpose': purpose }, text)

/** The fields of the steps of one funnel, which can be added, changed, moved and removed. */
export class StepRows {
  readonly list = h('ol')
  readonly add = button('add', texts.addStep)
  readonly #funnel: string
  readonly #changed: () => void
  /** The steps of rows that were not added here, which keep their filters. */
  readonly #steps = new WeakMap<Element, FunnelStep>()

  /**
   * @param funnel names the funnel for screen readers
   * @param changed is called when steps are added, moved or removed
   */
  constructor(funnel: string, steps: readonly FunnelStep[], changed: () => void) {
    this.#funnel = funnel
    this.#changed = changed
    for (const step of steps) this.#append(step)
    while (this.list.children.length < MIN_STEPS) this.#append(null)
    this.add.addEventListener('click', () => {
      this.#append(null).querySelector<HTMLElement>('[data-part=value]')?.focus()
      changed()
    })
  }

  /** The steps for the API. */
  get value(): readonly unknown[] {
    return [...this.list.children].map(row => {
      const [name, where] = [textIn(row, 'name'), this.#steps.get(row)?.where]
      return { [textIn(row, 'kind')]: textIn(row, 'value'), ...(name !== '' && { name }), ...(where && { where }) }
    })
  }

  #append(step: FunnelStep | null): HTMLElement {
    const [kind, value] = step ? ruleOf(step) : ['event', '']
    // A step without a name is named after its event or page.
    const name = step && step.name !== value ? step.name : ''
    const filters = step ? filterText(step) : ''
    const row = h(
      'li',
      {},
      choiceField('kind', fields.kind, KINDS, kind),
      textField('value', texts.value, value, texts.value),
      textField('name', fields.name, name, texts.stepName),
      this.#upButton(),
      this.#removeButton(),
      filters !== '' && h('p', { class: 'hint' }, filters),
    )
    if (step) this.#steps.set(row, step)
    this.list.appendChild(row)
    this.#arrange()
    return row
  }

  #upButton(): HTMLElement {
    const up = button('up', '↑')
    up.addEventListener('click', () => {
      const row = up.closest('li')
      if (row?.previousElementSibling) this.list.insertBefore(row, row.previousElementSibling)
      this.#arrange()
      const focused = up.disabled ? row?.querySelector<HTMLElement>('[data-part=value]') : up
      focused?.focus()
      this.#changed()
    })
    return up
  }

  #removeButton(): HTMLElement {
    const remove = button('remove', '×')
    remove.addEventListener('click', () => {
      remove.closest('li')?.remove()
      this.#arrange()
      this.add.focus()
      this.#changed()
    })
    return remove
  }

  /** Labels the fields by position, and disables the buttons that do not apply. */
  #arrange(): void {
    const rows = [...this.list.children]
    this.add.hidden = rows.length >= MAX_STEPS
    this.add.setAttribute('aria-label', fill(texts.addStepOf, { funnel: this.#funnel }))
    for (const [index, row] of rows.entries()) {
      const step = fill(texts.step, { number: index + 1, funnel: this.#funnel })
      const labels: Readonly<Record<string, string>> = { kind: fields.kind, value: texts.value, name: fields.name }
      for (const [part, label] of Object.entries(labels))
        row
          .querySelector(`[data-part=${part}]`)
          ?.setAttribute('aria-label', fill(form.field, { field: label, entry: step }))
      for (const one of row.querySelectorAll<HTMLButtonElement>('button')) {
        const isRemoving = one.dataset.purpose === 'remove'
        one.setAttribute('aria-label', fill(isRemoving ? texts.remove : texts.moveUp, { step }))
        one.disabled = isRemoving ? rows.length <= MIN_STEPS : index === 0
      }
    }
  }
}
