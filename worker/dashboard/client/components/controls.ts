import { PERIODS } from '../../../../shared/question'
import { GRANULARITIES, periodText, searchOf, type View } from '../../address'
import { go, onView, view } from '../state/view'
import { filterList } from './filterList'

interface Fields extends HTMLFormControlsCollection {
  readonly period: HTMLSelectElement
  readonly granularity: HTMLSelectElement
  readonly compare: HTMLInputElement
  readonly from: HTMLInputElement
  readonly to: HTMLInputElement
}

const fieldsOf = (form: HTMLFormElement): Fields => form.elements as Fields

/** The view the controls describe; `null` while a custom range lacks a date. */
const changeOf = ({ period, granularity, compare, from, to }: Fields): Partial<View> | null => {
  const named = PERIODS.find(one => one === period.value)
  const custom = from.value && to.value ? { from: from.value, to: to.value } : null
  const chosen = named ?? custom
  if (!chosen) return null
  return {
    period: chosen,
    granularity: GRANULARITIES.find(one => one === granularity.value) ?? null,
    compare: compare.checked,
  }
}

const show = (form: HTMLFormElement, { period, granularity, compare }: View): void => {
  const fields = fieldsOf(form)
  const isNamed = typeof period === 'string'
  fields.period.value = isNamed ? period : 'custom'
  fields.granularity.value = granularity ?? ''
  fields.compare.checked = compare
  fields.from.value = isNamed ? '' : period.from
  fields.to.value = isNamed ? '' : period.to
  form.querySelector('#dates')?.toggleAttribute('hidden', isNamed)
}

const differs = (change: Partial<View>): boolean =>
  searchOf({ ...view(), ...change }) !== searchOf(view()) && periodText(change.period ?? view().period) !== ''

const listen = (form: HTMLFormElement): void => {
  const apply = (): void => {
    const change = changeOf(fieldsOf(form))
    if (change && differs(change)) go(change)
  }
  form.addEventListener('submit', event => {
    event.preventDefault()
    apply()
  })
  form.addEventListener('change', ({ target }) => {
    const { period, from, to } = fieldsOf(form)
    const isCustom = period.value === 'custom'
    form.querySelector('#dates')?.toggleAttribute('hidden', !isCustom)
    // A date is incomplete while it is typed, so dates wait for the button.
    if (target !== from && target !== to && !(target === period && isCustom)) apply()
  })
}

/** Carries the view over to the links to other pages and sites. */
const keepView = ({ filters, ...shown }: View): void => {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-keeps-view]'))
    link.search = searchOf({ ...shown, filters, own: {} })
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-site]'))
    link.search = searchOf({ ...shown, site: link.dataset.site ?? '', filters: [], own: {} })
}

/** Keeps the period, granularity, comparison and filters in step with the address. */
export const controls = (): void => {
  onView(keepView)
  const form = document.querySelector<HTMLFormElement>('#view')
  if (!form) return
  listen(form)
  onView(now => show(form, now))
  filterList()
}
