import { h } from './h'

export const fillSelect = (select: HTMLSelectElement, values: readonly string[], chosen: string): void => {
  const all = values.includes(chosen) ? values : [chosen, ...values]
  select.replaceChildren(...all.map(value => h('option', { value, selected: value === chosen }, value)))
}
