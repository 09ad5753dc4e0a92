import type { RawEvent } from './event.ts'
import type { PersonKey } from './identity.ts'

export interface Fact {
  readonly event: RawEvent
  readonly person: PersonKey
  readonly time: number
  /** Of a page view, the end of the time it was seen; of anything else, its time. */
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
  /** Its activity and whatever else happened in it, in time order. */
  readonly facts: Fact[]
  /** True when this is the first session the person ever had. */
  readonly first: boolean
  /** True once the person has begun another. */
  followed: boolean
}
