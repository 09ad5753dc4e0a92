import type { Comparison, DateRange, Period } from '../../../../shared/question'
import { clientFrameTexts } from '../../texts/clientFrame'

interface DateFields {
  /**
   * Opens the fields with the chosen days.
   * @param cancelled called if they are closed without a choice
   */
  open(chosen: Period | Comparison | null, cancelled: () => void): void
}

const NO_DAYS: DateRange = { from: '', to: '' }

/** Two dates that open below a select. The second cannot be before the first. */
export const dateFields = (
  fieldset: HTMLFieldSetElement,
  select: HTMLSelectElement,
  choose: (days: DateRange) => void,
): DateFields => {
  const [from, to] = [...fieldset.querySelectorAll('input')] as [HTMLInputElement, HTMLInputElement]
  let cancel: (() => void) | null = null

  /** While they are closed they are disabled too, so that the form can be sent without them. */
  const toggle = (isOpen: boolean): void => {
    fieldset.hidden = !isOpen
    fieldset.disabled = !isOpen
  }
  const close = (): void => {
    if (fieldset.hidden) return
    const hadFocus = fieldset.contains(document.activeElement)
    toggle(false)
    cancel?.()
    cancel = null
    if (hadFocus) select.focus()
  }
  const limit = (): void => {
    to.min = from.value
    const isReversed = from.value !== '' && to.value !== '' && to.value < from.value
    to.setCustomValidity(isReversed ? clientFrameTexts.filters.reversedDates : '')
  }

  fieldset.addEventListener('input', limit)
  fieldset.form?.addEventListener('submit', event => {
    event.preventDefault()
    if (fieldset.hidden) return
    cancel = null
    close()
    choose({ from: from.value, to: to.value })
  })
  fieldset.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') close()
  })
  document.addEventListener('pointerdown', ({ target }) => {
    if (target instanceof Node && !fieldset.contains(target)) close()
  })

  return {
    open(chosen, cancelled) {
      const days = typeof chosen === 'object' && chosen !== null ? chosen : NO_DAYS
      from.value = days.from
      to.value = days.to
      cancel = cancelled
      toggle(true)
      limit()
      from.focus()
    },
  }
}
