import type { Question } from '../../../shared/question'
import type { Goal } from '../../../shared/settings'
import { DAY, HOUR } from '../../../shared/time'
import { number, percent } from '../../dashboard/client/format/number'
import { rangeText } from '../../dashboard/client/format/rangeText'
import { COUNTED_METRICS, GOAL_METRICS } from '../../query/changes/changesQuestions'
import { parseQuery } from '../../query/parse/parseQuery'
import type { Site } from '../../site'
import { isPeriodReady } from '../isPeriodReady'
import { type ReportPeriod, reportPeriod } from '../reportPeriod'
import type { Alarm } from './alarm'
import { type ClearCount, clearlyChanged } from './clearlyChanged'

/** Two weeks are compared. A site that is younger has had no whole one to compare with. */
const COMPARED = 14 * DAY

/** Goals that are tested, the largest first. */
const MOST_GOALS = 1000

const questionsOf = (site: string, { from, to }: ReportPeriod, hasGoals: boolean): Question[] => {
  const asked = { site, period: { from, to }, compare: 'previous_period' } as const
  const ofGoals = { ...asked, metrics: GOAL_METRICS, dimensions: ['goal'], include_previous: true, limit: MOST_GOALS }
  return [{ ...asked, metrics: COUNTED_METRICS }, ...(hasGoals ? [ofGoals] : [])]
}

const changesIn = async (site: Site, period: ReportPeriod, now: number): Promise<ClearCount[]> => {
  const { domain, settings } = site.config
  const queries = questionsOf(domain, period, settings.goals.length > 0).map(one => parseQuery(one, settings))
  const [totals, goals] = (await site.query(queries, now)).map(result => {
    if (result.status === 'rejected') throw result.reason
    return result.value
  })
  return clearlyChanged(totals?.rows[0]?.metrics ?? {}, goals?.rows ?? [], settings.alarms?.false_alarms ?? 'quarter')
}

const nameOf = (goals: readonly Goal[], { goal }: ClearCount): string =>
  goal === null ? 'Conversions' : `Goal “${goals.find(({ id }) => id === goal)?.name ?? goal}”`

const directionOf = ({ value, previous }: ClearCount): string => (value > previous ? 'up' : 'down')

const lineOf = (goals: readonly Goal[], change: ClearCount): string => {
  const { value, previous } = change
  const share = previous === 0 ? '' : ` (${percent((value - previous) / previous, { signDisplay: 'exceptZero' })})`
  return `${nameOf(goals, change)}: clearly ${directionOf(change)}, from ${number(previous)} to ${number(value)}${share}`
}

const titleOf = (goals: readonly Goal[], changes: readonly ClearCount[], domain: string): string => {
  const [first] = changes
  return first && changes.length === 1
    ? `${nameOf(goals, first)} clearly ${directionOf(first)}: ${domain}`
    : `${changes.length} clear changes in conversions: ${domain}`
}

/** Conversions or a goal changed from one week to the next. */
export const changedAlarm: Alarm = {
  id: 'changed',
  setting: 'changed',
  statements: 30,
  hourAt: (zone, now) => Math.floor(reportPeriod('week', zone, now).endedAt / HOUR),
  async look(site, _, now) {
    const { domain, timezone, settings } = site.config
    const period = reportPeriod('week', timezone, now)
    if (!(await isPeriodReady(site, period.endedAt, now))) return null
    const isKnown = site.config.created <= period.endedAt - COMPARED
    const changes = isKnown ? await changesIn(site, period, now) : []
    return {
      isOn: changes.length > 0,
      begun: () => ({
        id: `alarm/changed/${period.from}`,
        title: titleOf(settings.goals, changes, domain),
        lines: [
          ...changes.map(change => lineOf(settings.goals, change)),
          `${rangeText(period)}, compared with the week before.`,
        ],
      }),
      over: null,
    }
  },
}
