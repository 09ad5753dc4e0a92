/**
 * Whether several columns together are a row of a list, 1 or 0. SQLite compares a row that is not in the list with all of
 * the list, as the answer could be null; in a `case` null is no other answer, and it looks the row up.
 * @example isOneOf('(person, begin)', 'select person, begin from bought')
 */
export const isOneOf = (columns: string, list: string): string => `case when ${columns} in (${list}) then 1 else 0 end`
