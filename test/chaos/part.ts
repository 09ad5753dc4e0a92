/** The result of one part of `npm run torture`. */
export interface Outcome {
  /** Numbers by name, in display order. */
  readonly figures: Readonly<Record<string, number>>
  /** Failures, one line each. */
  readonly failures: readonly string[]
}

/** A part of `npm run torture`. */
export interface Part {
  readonly name: string
  /** One sentence: the action and the expected outcome. */
  readonly about: string
  /**
   * @param seed seeds all random choices
   * @param times how many times the usual work to do
   */
  readonly run: (seed: number, times: number) => Promise<Outcome>
}
