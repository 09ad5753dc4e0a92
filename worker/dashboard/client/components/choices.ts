import { h } from './dom'

const fill = (select: HTMLSelectElement, values: readonly string[], chosen: string): void => {
  const all = values.includes(chosen) ? values : [chosen, ...values]
  select.replaceChildren(...all.map(value => h('option', { value, selected: value === chosen }, value)))
}

/**
 * Fills a list with every time zone.
 * @param chosen the reader's own unless told
 */
export const fillTimeZones = (
  select: HTMLSelectElement,
  chosen = Intl.DateTimeFormat().resolvedOptions().timeZone,
): void => fill(select, ['UTC', ...Intl.supportedValuesOf('timeZone').filter(zone => zone !== 'UTC')], chosen)

/** Fills a list with every currency of ISO 4217 that the browser knows. */
export const fillCurrencies = (select: HTMLSelectElement, chosen = 'USD'): void =>
  fill(select, Intl.supportedValuesOf('currency'), chosen)
