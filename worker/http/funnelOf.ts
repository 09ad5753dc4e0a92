import {
  FUNNEL_ORDERS,
  FUNNEL_SCOPES,
  type Funnel,
  LONGEST_WINDOW,
  SHORTEST_WINDOW,
  USUAL_WINDOW,
} from '../../shared/settings'
import { stepsIn } from '../query/parse/stepsIn'
import { badSetting } from './lineOf'
import { namedEntry } from './namedEntry'
import { oneOf } from './oneOf'

const FIELDS = ['id', 'name', 'steps', 'order', 'window', 'scope']
const windowOf = (given: unknown, where: string): number => {
  if (typeof given === 'number' && given >= SHORTEST_WINDOW && given <= LONGEST_WINDOW) return given
  throw badSetting(
    `"${where}" must be a number of days: at least 0.0007, about a minute, and at most ${LONGEST_WINDOW}.`,
  )
}

/**
 * An entry of `settings.funnels`.
 * @throws Problem `bad_settings`
 */
export const funnelOf = (given: unknown, where: string): Funnel => {
  const { id, name, fields } = namedEntry(given, where, FIELDS)
  return {
    id,
    name,
    steps: stepsIn(fields.steps, `${where}.steps`, badSetting),
    order: oneOf(fields.order ?? 'sequential', `${where}.order`, FUNNEL_ORDERS),
    window: windowOf(fields.window ?? USUAL_WINDOW, `${where}.window`),
    scope: oneOf(fields.scope ?? 'visitor', `${where}.scope`, FUNNEL_SCOPES),
  }
}
