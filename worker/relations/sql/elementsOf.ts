import type { Builder } from './builder'

/** The elements of JSON lists, with the columns of `json_each`: one list may be too long for one bound value. */
export const elementsOf = (b: Builder, lists: readonly string[]): string => {
  const [first, ...others] = lists.map(list => b.bind(list))
  if (others.length === 0) return `json_each(${first})`
  const rows = [first, ...others].map(list => `(${list})`)
  return `(values ${rows.join(', ')}) list cross join json_each(list.column1)`
}
