/** What a part of `npm run torture` did and found. */
export interface Outcome {
  /** Numbers by what they count, in the order in which they are shown. */
  readonly figures: Readonly<Record<string, number>>
  /** What went wrong, one line each. */
  readonly failures: readonly string[]
}

/** A part of `npm run torture`. */
export interface Part {
  readonly name: string
  /** One sentence: what is done, and what must come of it. */
  readonly about: string
  /** @param seed decides everything random */
  readonly run: (seed: number) => Promise<Outcome>
}
