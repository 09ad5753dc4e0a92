/** Local days, both included. */
export interface Days {
  readonly first: number
  readonly last: number
  /** When the first session began that can hold an event of them, where it is known. */
  readonly reach?: number | undefined
  /** Until when their sessions hold events, where it is known. */
  readonly heldTo?: number
}

export const daysIn = ({ first, last }: Days): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index)
