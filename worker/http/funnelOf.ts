import { LIMITS } from '../../shared/limits'
import {
  type EventRule,
  FUNNEL_ORDERS,
  FUNNEL_SCOPES,
  type Funnel,
  type FunnelStep,
  type PageRule,
} from '../../shared/settings'
import { isFields } from '../collect/parse/fields'
import { badSetting, lineOf } from './lineOf'
import { namedEntry } from './namedEntry'
import { oneOf } from './oneOf'
import { pageOf } from './pageOf'
import { whereOf } from './whereOf'

const FIELDS = ['id', 'name', 'steps', 'order', 'window', 'scope']
const STEP_FIELDS = ['name', 'event', 'page', 'where']
const FEWEST_STEPS = 2
const MOST_STEPS = 8
/** Days. A minute is the shortest. */
const SHORTEST = 1 / 1440
const LONGEST = 365
const USUAL = 30
/** Characters. */
const NAME = 200

const isGiven = (value: unknown): boolean => value !== undefined && value !== null

const ruleOf = ({ event, page }: Readonly<Record<string, unknown>>, where: string): EventRule | PageRule => {
  if (isGiven(event) === isGiven(page)) throw badSetting(`"${where}" must have exactly one of event, page.`)
  return isGiven(event)
    ? { event: lineOf(event, `${where}.event`, LIMITS.eventName) }
    : { page: pageOf(page, `${where}.page`) }
}

/** A step; without a name, its event or page is the name. */
const stepOf = (given: unknown, where: string): FunnelStep => {
  if (!isFields(given)) throw badSetting(`"${where}" must be an object like {"event":"purchase"}.`)
  const unknown = Object.keys(given).find(name => !STEP_FIELDS.includes(name))
  if (unknown !== undefined)
    throw badSetting(`"${where}" has an unknown field "${unknown.slice(0, 60)}". Use ${STEP_FIELDS.join(', ')}.`)
  const rule = ruleOf(given, where)
  return {
    name: lineOf(given.name ?? given.event ?? given.page, `${where}.name`, NAME),
    ...rule,
    ...(isGiven(given.where) && { where: whereOf(given.where, `${where}.where`) }),
  }
}

const stepsOf = (given: unknown, where: string): FunnelStep[] => {
  if (!Array.isArray(given) || given.length < FEWEST_STEPS || given.length > MOST_STEPS)
    throw badSetting(`"${where}" must be a list of ${FEWEST_STEPS} to ${MOST_STEPS} steps.`)
  return given.map((step, index) => stepOf(step, `${where}[${index}]`))
}

const windowOf = (given: unknown, where: string): number => {
  if (typeof given === 'number' && given >= SHORTEST && given <= LONGEST) return given
  throw badSetting(`"${where}" must be a number of days: at least 0.0007, about a minute, and at most ${LONGEST}.`)
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
    steps: stepsOf(fields.steps, `${where}.steps`),
    order: oneOf(fields.order ?? 'sequential', `${where}.order`, FUNNEL_ORDERS),
    window: windowOf(fields.window ?? USUAL, `${where}.window`),
    scope: oneOf(fields.scope ?? 'visitor', `${where}.scope`, FUNNEL_SCOPES),
  }
}
