/** A map by visitor and hour. Nested maps with numbers as keys take half the time of one map with strings. */
export class VisitorHours<T> {
  readonly #hours = new Map<number, Map<number, T>>()

  get(visitor: number, hour: number): T | undefined {
    return this.#hours.get(hour)?.get(visitor)
  }

  set(visitor: number, hour: number, value: T): void {
    const visitors = this.#hours.get(hour)
    if (visitors) visitors.set(visitor, value)
    else this.#hours.set(hour, new Map([[visitor, value]]))
  }

  /** In no particular order. */
  *values(): Generator<T> {
    for (const visitors of this.#hours.values()) yield* visitors.values()
  }
}
