/** What a check found. */
export interface Finding {
  readonly check: string
  /** What is wrong and what to do about it, in one sentence; `null` when all is well. */
  readonly fault: string | null
  /** What there is to know, where nothing is wrong. */
  readonly note?: string
}

/** @example finding('clock', seconds > 60 && 'The clock is wrong: set it.') */
export const finding = (check: string, fault: string | false | null): Finding => ({ check, fault: fault || null })
