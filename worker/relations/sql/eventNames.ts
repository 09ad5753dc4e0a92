import { FIRST_CUSTOM_EVENT } from '../../../shared/events'
import type { Builder } from './builder'
import { int } from './int'

/**
 * Rows keep the id under which their event was stored: one that was custom then and is known now has two ids. Where
 * events are read, both are found and become the one that the event has today, so that no question has to know.
 */
const formerIds = (b: Builder, ids: readonly number[]): number[] =>
  ids.flatMap(id => {
    const former = b.scope.formerEvents.get(id)
    return former === undefined ? [] : [FIRST_CUSTOM_EVENT + former]
  })

/** The id today of the name of an event `e`. */
export const nameOf = (b: Builder): string => {
  const cases = [...b.scope.formerEvents].map(
    ([id, former]) => `when ${int(FIRST_CUSTOM_EVENT + former)} then ${int(id)}`,
  )
  return cases.length > 0 ? `case e.name ${cases.join(' ')} else e.name end` : 'e.name'
}

/** The condition that an event `e` has one of these names, by their ids today. */
export const isNamed = (b: Builder, ...ids: readonly number[]): string =>
  ` and e.name in (${[...ids, ...formerIds(b, ids)].map(int).join(', ')})`

/** The condition that an event `e` was stored under a former id of one of these names, `null` where none has any. */
export const wasNamed = (b: Builder, ids: readonly number[]): string | null => {
  const former = formerIds(b, ids)
  return former.length > 0 ? ` and e.name in (${former.map(int).join(', ')})` : null
}
