import type { RawEvent } from './event.ts'
import type { PersonKey } from './identity.ts'

export interface Fact {
  readonly event: RawEvent
  readonly person: PersonKey
  readonly time: number
  /** For a page view, the end of its visible time; otherwise its time. */
  readonly end: number
  readonly day: string
  readonly isActivity: boolean
  readonly isView: boolean
  session: Session | undefined
}

export interface Session {
  readonly person: PersonKey
  readonly begin: number
  /** The latest moment of its activity. */
  end: number
  /** Its activity and its other events, in time order. */
  readonly facts: Fact[]
  /** True when this is the first session the person ever had. */
  readonly first: boolean
  /** True once the person has begun another session. */
  followed: boolean
}
