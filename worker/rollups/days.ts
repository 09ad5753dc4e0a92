/** Local days, both included. */
export interface Days {
  readonly first: number
  readonly last: number
}

/** Days, with when their sessions begin and end. */
export interface DaysWithSessions extends Days {
  /** When the first session began that can hold an event of them, where it is known. */
  readonly reach?: number | undefined
  /** Until when their sessions can hold events. */
  readonly heldTo: number
}

export const daysIn = ({ first, last }: Days): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index)
