/** The name of the sum of the sessions that reached a step of a path. */
export const reachedKey = (step: number): string => `${step}`

/** The name of the sum of the sessions with a page or an event at a step. */
export const pathKey = (step: number, name: string): string => `${step} ${name}`
