import type { ChangesAnswer } from '../../shared/changes'
import type { Answer, DateRange, MetricValue } from '../../shared/question'
import type { ReportInterval } from '../../shared/settings'
import { exclusionOf } from '../dashboard/client/format/exclusionOf'
import { metricOf } from '../metrics/definitions'
import { changesOf } from '../query/changes/changesOf'
import { REPORT_METRICS } from './reportQuestions'
import { sessionsForChange, sessionsForValue } from './sessionsFor'
import { silentDays } from './silentDays'
import type { ReportExclusion, ReportFigure, ReportPlan, SiteReport, UndecidedFigure } from './siteReport'

/** Groups that a report names, the ones that explain most first. */
const MOST_CHANGES = 12
const MOST_EXCLUSIONS = 8

/** Everything that a report is made from. */
export interface ReportSource {
  readonly site: SiteReport['site']
  readonly every: ReportInterval
  readonly period: DateRange
  /** The answers to `reportQuestions`. */
  readonly answers: readonly Answer[]
  readonly excluded: readonly { readonly reason: string; readonly count: number }[]
  readonly plan: ReportPlan
}

const NOTHING: readonly MetricValue['status'][] = ['no_data', 'needs_input', 'needs_identity']

/** Figures of which the site has anything: a blog has no revenue. */
const figuresOf = (totals: Readonly<Record<string, MetricValue>>): ReportFigure[] =>
  REPORT_METRICS.flatMap(id => {
    const [metric, value] = [metricOf(id), totals[id]]
    if (!metric || !value || NOTHING.includes(value.status)) return []
    if (metric.unit === 'currency' && value.value === 0 && !value.previous) return []
    const { name, unit, change, better } = metric
    return [{ metric: id, name, unit, change, better, value }]
  })

const undecidedOf = (sessions: number, { metric, name, change: scale, value }: ReportFigure): UndecidedFigure[] => {
  if (value.status === 'low_sample' && value.interval)
    return [{ metric, name, what: 'value', sessions: sessionsForValue(sessions, value.interval) }]
  const { change } = value
  if (change?.verdict !== 'no_clear_change' || change.value === null || change.interval === null) return []
  const { value: size, interval } = change
  return [{ metric, name, what: 'change', sessions: sessionsForChange(sessions, scale, { value: size, interval }) }]
}

const excludedOf = (counts: ReportSource['excluded']): ReportExclusion[] => {
  const sums = new Map<string, number>()
  for (const { reason, count } of counts) sums.set(reason, (sums.get(reason) ?? 0) + count)
  return [...sums]
    .map(([reason, count]) => ({ reason, title: exclusionOf(reason).title, count }))
    .sort((one, other) => other.count - one.count)
    .slice(0, MOST_EXCLUSIONS)
}

const movedOf = ({ tested, changes }: ChangesAnswer): SiteReport['moved'] => ({
  tested,
  changes: changes.slice(0, MOST_CHANGES),
})

/** A report from the answers to its questions. */
export const reportOf = ({ site, every, period, answers, excluded, plan }: ReportSource): SiteReport => {
  const [totals, days, ...changes] = answers
  const figures = figuresOf(totals?.rows[0]?.metrics ?? {})
  const sessions = figures.find(({ metric }) => metric === 'sessions')?.value.value ?? 0
  const found = changesOf(changes)
  const views = (days?.rows ?? []).map(({ time = '', metrics }) => ({
    day: time,
    views: metrics.pageviews?.value ?? 0,
  }))
  return {
    site,
    every,
    period: { from: period.from, to: period.to },
    compared: totals?.query.compare as DateRange,
    figures,
    moved: movedOf(found),
    undecided: figures.flatMap(figure => undecidedOf(sessions, figure)),
    silent: silentDays(views),
    excluded: excludedOf(excluded),
    plan,
    warnings: [...new Set([totals, days].flatMap(answer => answer?.meta.warnings ?? []).concat(found.meta.warnings))],
  }
}
