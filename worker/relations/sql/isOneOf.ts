/**
 * 1 if an expression, or several columns together, is in a list, else 0. The result of a bare `in` could be null, so SQLite
 * compares a missing row with the whole list; in a `case` null counts as false and SQLite looks the row up.
 * @example isOneOf('(person, begin)', 'select person, begin from bought')
 */
export const isOneOf = (columns: string, list: string): string => `case when ${columns} in (${list}) then 1 else 0 end`
