import { type Comparison, type DateRange, PERIODS, type Period } from '../../../../shared/question'
import { comparisonOf, GRANULARITIES, OFF, searchOf, type View } from '../../address'
import { movedPeriod } from '../../movedPeriod'
import { rangeText } from '../format/rangeText'
import { today } from '../state/today'
import { go, onView, view } from '../state/view'
import { dateFields } from './dateFields'
import { filterList } from './filterList'
import { find } from './find'
import { segmentMenu } from './segmentMenu'
import { shortcuts } from './shortcuts'

interface Fields extends HTMLFormControlsCollection {
  readonly period: HTMLSelectElement
  readonly compare: HTMLSelectElement
  readonly granularity: HTMLSelectElement
}

const fieldsOf = (form: HTMLFormElement): Fields => form.elements as Fields

/** A custom range, which no select lists. */
const isDays = (value: Period | Comparison | null): value is DateRange => typeof value === 'object' && value !== null

/** Shows a choice in its select; chosen days have an entry of their own. */
const showChoice = (select: HTMLSelectElement, value: Period | Comparison | null): void => {
  const range = find<HTMLOptionElement>('option[value=range]', select)
  range.hidden = !isDays(value)
  if (isDays(value)) range.text = rangeText(value)
  select.value = isDays(value) ? 'range' : (value ?? OFF)
}

const show = (form: HTMLFormElement, { period, granularity, compare }: View): void => {
  const fields = fieldsOf(form)
  showChoice(fields.period, period)
  showChoice(fields.compare, compare)
  fields.granularity.value = granularity ?? ''
  find<HTMLButtonElement>('#earlier', form).disabled = movedPeriod(period, -1, today()) === null
  find<HTMLButtonElement>('#later', form).disabled = movedPeriod(period, 1, today()) === null
}

/** Shows a view, unless it is the current one. */
const change = (to: Partial<View>): void => {
  if (searchOf({ ...view(), ...to }) !== searchOf(view())) go(to)
}

/** Moves to the previous or next period, if there is one. */
const move = (by: -1 | 1): void => {
  const moved = movedPeriod(view().period, by, today())
  if (moved) change({ period: moved })
}

const listen = (form: HTMLFormElement): void => {
  const { period, compare, granularity } = fieldsOf(form)
  const dates = dateFields(find('#dates', form), period, days => change({ period: days }))
  const compared = dateFields(find('#compared', form), compare, days => change({ compare: days }))
  const reset = (): void => show(form, view())
  period.addEventListener('change', () => {
    const named = PERIODS.find(one => one === period.value)
    if (named) change({ period: named })
    else if (period.value === 'custom') dates.open(view().period, reset)
  })
  compare.addEventListener('change', () => {
    if (compare.value === 'custom') compared.open(view().compare, reset)
    else change({ compare: comparisonOf(compare.value) })
  })
  granularity.addEventListener('change', () =>
    change({ granularity: GRANULARITIES.find(one => one === granularity.value) ?? null }),
  )
  find('#earlier', form).addEventListener('click', () => move(-1))
  find('#later', form).addEventListener('click', () => move(1))
}

/** Carries the view over to the links to other pages and sites. */
const keepView = (shown: View): void => {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-keeps-view]'))
    link.search = searchOf({ ...shown, own: {} })
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-site]'))
    link.search = searchOf({ ...shown, site: link.dataset.site ?? '', filters: [], segment: '', own: {} })
}

/** Keeps the period, comparison, granularity and filters in step with the address. */
export const controls = (): void => {
  onView(keepView)
  const form = document.querySelector<HTMLFormElement>('#view')
  if (!form) return
  listen(form)
  onView(now => show(form, now))
  shortcuts(move)
  filterList()
  segmentMenu()
}
