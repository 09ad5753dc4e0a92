import type { ChangeMetric, ClearChange } from '../../../shared/changes'
import type { DateRange } from '../../../shared/question'
import { changeText } from '../../dashboard/client/format/changeText'
import { groupText } from '../../dashboard/client/format/groupText'
import { intervalText } from '../../dashboard/client/format/intervalText'
import { number, percent } from '../../dashboard/client/format/number'
import { rangeText } from '../../dashboard/client/format/rangeText'
import { statusText } from '../../dashboard/client/format/statusText'
import { valueText } from '../../dashboard/client/format/valueText'
import { dimensionName } from '../../dashboard/dimensionName'
import type { ReportFigure, SiteReport, UndecidedFigure } from '../siteReport'

/** How a change is to be seen: by its words and its sign, never by color alone. */
export type Tone = 'better' | 'worse' | 'plain'

export interface ReportRow {
  readonly label: string
  /** A figure, if the row has one. */
  readonly value?: string
  readonly notes: readonly string[]
  readonly tone: Tone
}

export interface ReportSection {
  readonly title: string
  readonly rows: readonly ReportRow[]
}

/** A report in words: what every rendering shows. */
export interface ReportWords {
  readonly title: string
  readonly subtitle: string
  readonly sections: readonly ReportSection[]
  readonly footer: string
}

const line = (label: string): ReportRow => ({ label, notes: [], tone: 'plain' })

const toneOf = ({ better, value }: ReportFigure): Tone => {
  const verdict = value.change?.verdict
  if (verdict !== 'up' && verdict !== 'down') return 'plain'
  return verdict === better ? 'better' : 'worse'
}

const comparisonText = (figure: ReportFigure): string[] => {
  const { change, previous } = figure.value
  if (!change || previous === null || previous === undefined) return []
  const before = `was ${valueText(figure, previous, figure.value.currency)}`
  const size = change.value === null ? '' : `${changeText(figure, change.value)}, `
  if (change.verdict === 'up') return [`Clearly up: ${size}${before}`]
  if (change.verdict === 'down') return [`Clearly down: ${size}${before}`]
  return [`No clear change: ${size}${before}`]
}

const figureRow = (figure: ReportFigure): ReportRow => {
  const interval = intervalText(figure, figure.value)
  return {
    label: figure.name,
    value: valueText(figure, figure.value.value, figure.value.currency),
    notes: [
      ...(interval ? [`95% interval ${interval}`] : []),
      ...comparisonText(figure),
      statusText(figure.value),
    ].filter(note => note !== ''),
    tone: toneOf(figure),
  }
}

const NOUNS: Readonly<Record<ChangeMetric, string>> = {
  visitors: 'visitors',
  conversions: 'conversions',
  goal_conversions: 'goal conversions',
  revenue: 'revenue',
}

const movedRow = (change: ClearChange): ReportRow => {
  const { metric, dimension, group, value, previous, currency, verdict } = change
  const unit = { unit: metric === 'revenue' ? 'currency' : 'count' } as const
  const share = change.change === null ? '' : ` (${percent(change.change, { signDisplay: 'exceptZero' })})`
  return {
    label: `${dimensionName(dimension)} ${groupText(dimension, group)}`,
    value: `${valueText(unit, value, currency)} ${NOUNS[metric]}`,
    notes: [`Clearly ${verdict}: was ${valueText(unit, previous, currency)}${share}`],
    tone: verdict === 'up' ? 'better' : 'worse',
  }
}

const movedRows = ({ moved: { tested, changes } }: SiteReport): ReportRow[] =>
  changes.length === 0 ? [line(`No group changed significantly (${number(tested)} tested).`)] : changes.map(movedRow)

const undecidedRow =
  (every: SiteReport['every']) =>
  ({ name, what, sessions }: UndecidedFigure): ReportRow => {
    const about = what === 'value' ? 'the value is an estimate' : 'the change may be due to chance'
    const when =
      sessions === null
        ? 'The difference is too small to confirm with this much traffic.'
        : `You would need about ${number(sessions, { maximumSignificantDigits: 2 })} sessions a ${every} to tell.`
    return { label: `${name}: ${about}`, notes: [when], tone: 'plain' }
  }

const daysText = ({ from, to }: DateRange): string => rangeText({ from, to })

const silentRows = ({ silent }: SiteReport): ReportRow[] =>
  silent.length === 0
    ? [line('No sign of missing page views.')]
    : silent.map(days => ({
        label: `No page views: ${daysText(days)}`,
        notes: ['Check that the script is still on every page.'],
        tone: 'worse' as const,
      }))

const excludedRows = ({ excluded }: SiteReport): ReportRow[] =>
  excluded.length === 0
    ? [line('Nothing was excluded.')]
    : excluded.map(({ title, count }) => ({ label: title, value: number(count), notes: [], tone: 'plain' as const }))

const MEGABYTE = 1_000_000

const planRows = ({ plan: { bytes } }: SiteReport): ReportRow[] => {
  if (!bytes) return [line('Too little data was received to measure.')]
  const left = Math.max(0, bytes.limit - bytes.used) / MEGABYTE
  return [
    {
      label: `Data received on ${daysText({ from: bytes.day, to: bytes.day })}`,
      value: `${number(bytes.used / MEGABYTE)} MB`,
      notes: [`${number(left)} MB of the site’s daily limit left`],
      tone: left === 0 ? 'worse' : 'plain',
    },
  ]
}

const TITLES = { week: 'Weekly report', month: 'Monthly report' } as const

/** A report in words: titles, figures, and what follows from them. */
export const reportSections = (report: SiteReport): ReportWords => {
  const { site, every, period, compared, warnings, undecided } = report
  const sections: ReportSection[] = [
    { title: 'Key figures', rows: report.figures.map(figureRow) },
    { title: 'What clearly changed', rows: movedRows(report) },
    { title: 'Too early to tell', rows: undecided.map(undecidedRow(every)) },
    { title: 'Tracking', rows: silentRows(report) },
    { title: 'Excluded traffic', rows: excludedRows(report) },
    { title: 'Plan', rows: planRows(report) },
    { title: 'Notes', rows: warnings.map(line) },
  ]
  return {
    title: `${TITLES[every]}: ${site.name}`,
    subtitle: `${daysText(period)}, compared with ${daysText(compared)}`,
    sections: sections.filter(({ rows }) => rows.length > 0),
    footer: `Days are in the time zone ${site.timezone}. Sent by Footfall for ${site.domain}.`,
  }
}
