import { eventDefinition } from '../../../shared/events'
import { checksOf } from '../validate/checks'
import { type Reject, rejectAll } from './fields'

/** Bounds the memory that one event takes, and the answer. */
const MOST = 100

/** The invalid properties and parameters that an event is stored without. */
export class Omissions {
  /** Why, by name. Fields of items are `items.price` and the like. */
  readonly messages = new Map<string, string>()
  readonly #event: string

  constructor(event: string) {
    this.#event = event
  }

  /** Omits a property, unless the event requires it. */
  readonly omit: Reject = (name, code, message) => {
    if (eventDefinition(this.#event)?.requires?.includes(name)) return rejectAll(name, code, message)
    if (this.messages.size < MOST) this.messages.set(name, message)
    return null
  }

  /** Omits a parameter, unless the event would then mean something else. */
  readonly reject: Reject = (name, code, message) =>
    checksOf(this.#event).exact ? rejectAll(name, code, message) : this.omit(name, code, message)
}
