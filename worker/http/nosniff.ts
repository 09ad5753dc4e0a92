/** Keeps browsers from guessing another type than an answer declares. */
export const NOSNIFF = { header: 'x-content-type-options', value: 'nosniff' } as const
