/** Browsers read every answer as what it says it is. */
export const NOSNIFF = { header: 'x-content-type-options', value: 'nosniff' } as const
