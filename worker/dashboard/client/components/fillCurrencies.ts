import { fillSelect } from './fillSelect'

/** Fills a list with every currency of ISO 4217 that the browser knows. */
export const fillCurrencies = (select: HTMLSelectElement, chosen = 'USD'): void =>
  fillSelect(select, Intl.supportedValuesOf('currency'), chosen)
