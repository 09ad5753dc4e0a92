import type { Goal } from '../../../shared/settings'
import { nearest } from '../../lib/nearest'
import { Problem } from '../../lib/problem'

/**
 * The goal of a site with an id.
 * @throws Problem `unknown_goal`
 */
export const goalNamed = (id: string, goals: readonly Goal[]): Goal => {
  const found = goals.find(goal => goal.id === id)
  if (found) return found
  const ids = goals.map(goal => goal.id)
  const close = nearest(id, ids)
  const hint = close ? `Did you mean ${close}?` : `The goals are in settings.goals: ${ids.join(', ') || 'none'}.`
  throw new Problem(400, 'unknown_goal', `There is no goal "${id.slice(0, 60)}". ${hint}`)
}
