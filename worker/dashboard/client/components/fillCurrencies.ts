import { fillSelect } from './fillSelect'

/** Fills a list with the ISO 4217 currencies that the browser knows. */
export const fillCurrencies = (select: HTMLSelectElement, chosen = 'USD'): void =>
  fillSelect(select, Intl.supportedValuesOf('currency'), chosen)
