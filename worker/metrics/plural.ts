/** @example plural(7, 'day') // '7 days' */
export const plural = (n: unknown, one: string): string => `${n} ${one}${n === 1 ? '' : 's'}`
