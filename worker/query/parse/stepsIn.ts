import { LIMITS } from '../../../shared/limits'
import type { EventRule, FunnelStep, PageRule } from '../../../shared/settings'
import { lineIn, type Rejection } from '../../lib/lineIn'
import { pathIn } from '../../lib/pathIn'
import { factFiltersIn } from './factFiltersIn'

const FIELDS = ['name', 'event', 'page', 'where']
const FEWEST = 2
const MOST = 8
/** Characters. */
const NAME = 200

type Fields = Readonly<Record<string, unknown>>

const isGiven = (value: unknown): boolean => value !== undefined && value !== null

const ruleOf = ({ event, page }: Fields, where: string, reject: Rejection): EventRule | PageRule => {
  if (isGiven(event) === isGiven(page)) throw reject(`"${where}" must have exactly one of event, page.`)
  return isGiven(event)
    ? { event: lineIn(event, `${where}.event`, LIMITS.eventName, reject) }
    : { page: pathIn(page, `${where}.page`, reject) }
}

const fieldsOf = (given: unknown, where: string, reject: Rejection): Fields => {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw reject(`"${where}" must be an object like {"event":"purchase"}.`)
  const unknown = Object.keys(given).find(name => !FIELDS.includes(name))
  if (unknown === undefined) return given as Fields
  throw reject(`"${where}" has an unknown field "${unknown.slice(0, 60)}". Use ${FIELDS.join(', ')}.`)
}

/** A step; without a name, its event or page is the name. */
const stepOf = (given: unknown, where: string, reject: Rejection): FunnelStep => {
  const fields = fieldsOf(given, where, reject)
  const rule = ruleOf(fields, where, reject)
  return {
    name: lineIn(fields.name ?? fields.event ?? fields.page, `${where}.name`, NAME, reject),
    ...rule,
    ...(isGiven(fields.where) && { where: factFiltersIn(fields.where, `${where}.where`, reject) }),
  }
}

/**
 * The steps of a funnel.
 * @throws Problem that `reject` returns
 */
export const stepsIn = (given: unknown, where: string, reject: Rejection): FunnelStep[] => {
  if (!Array.isArray(given) || given.length < FEWEST || given.length > MOST)
    throw reject(`"${where}" must be a list of ${FEWEST} to ${MOST} steps.`)
  return given.map((step, index) => stepOf(step, `${where}[${index}]`, reject))
}
