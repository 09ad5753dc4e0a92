import { FIRST_CUSTOM_EVENT } from '../../../shared/events'
import type { Builder } from './builder'
import { int } from './int'

/**
 * An event that was custom when it was stored and is a known one now has two ids. Reading finds both and maps the former
 * id to the current one, so that no query has to know.
 */
const formerIds = (b: Builder, ids: readonly number[]): number[] =>
  ids.flatMap(id => {
    const former = b.scope.formerEvents.get(id)
    return former === undefined ? [] : [FIRST_CUSTOM_EVENT + former]
  })

/** The current id of the name of an event `e`. */
export const eventName = (b: Builder): string => {
  const cases = [...b.scope.formerEvents].map(
    ([id, former]) => `when ${int(FIRST_CUSTOM_EVENT + former)} then ${int(id)}`,
  )
  return cases.length > 0 ? `case e.name ${cases.join(' ')} else e.name end` : 'e.name'
}

/** The condition that an event `e` has one of these names, by their current ids. */
export const isNamed = (b: Builder, ...ids: readonly number[]): string =>
  ` and e.name in (${[...ids, ...formerIds(b, ids)].map(int).join(', ')})`

/** The condition that an event `e` was stored under a former id of one of these names, `null` if none has one. */
export const wasNamed = (b: Builder, ids: readonly number[]): string | null => {
  const former = formerIds(b, ids)
  return former.length > 0 ? ` and e.name in (${former.map(int).join(', ')})` : null
}
