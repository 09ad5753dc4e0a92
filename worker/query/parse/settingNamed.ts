import { nearest } from '../../lib/nearest'
import { Problem } from '../../lib/problem'

/**
 * The entry of a setting with an id.
 * @param what it is, in one word, like `goal`
 * @throws Problem `unknown_goal`, `unknown_funnel`, `unknown_segment`
 */
export const settingNamed = <Entry extends { readonly id: string }>(
  what: string,
  id: string,
  entries: readonly Entry[],
): Entry => {
  const found = entries.find(entry => entry.id === id)
  if (found) return found
  const ids = entries.map(entry => entry.id)
  const close = nearest(id, ids)
  const hint = close ? `Did you mean ${close}?` : `The ${what}s are in settings.${what}s: ${ids.join(', ') || 'none'}.`
  throw new Problem(400, `unknown_${what}`, `There is no ${what} "${id.slice(0, 60)}". ${hint}`)
}
