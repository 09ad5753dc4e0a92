/** Where applying the settings to past traffic goes on: after a row that is kept, a page view or event, or a session. */
export type VerdictCursor =
  | { readonly step: 'kept'; readonly after: readonly [day: number, id: number] }
  | { readonly step: 'views' | 'events'; readonly after: readonly [hour: number, visitor: number, id: number] }
  | { readonly step: 'sessions'; readonly after: readonly [hour: number, visitor: number, at: number] }

/** Before every key. */
export const START = -Number.MAX_SAFE_INTEGER

/** Before every page view, event and session. */
export const BEGINNING = [START, START, START] as const

/** What one step did. */
export interface AppliedVerdicts {
  /** Page views and events that the answers count from now on. */
  readonly counted: number
  /** Page views and events that they no longer count. */
  readonly excluded: number
  /** `null` after the last step. */
  readonly next: VerdictCursor | null
}

const LENGTHS = { kept: 2, views: 3, events: 3, sessions: 3 } as const

export const isVerdictCursor = (given: unknown): given is VerdictCursor => {
  if (typeof given !== 'object' || given === null) return false
  const { step, after } = given as { readonly step?: unknown; readonly after?: unknown }
  const length = Object.entries(LENGTHS).find(([name]) => name === step)?.[1]
  return Array.isArray(after) && after.length === length && after.every(Number.isSafeInteger)
}
