import type { DateRange } from '../../../../shared/question'
import type { View } from '../../address'
import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'
import { usersTexts } from '../../texts/users'
import { lineOf } from '../components/bucketValues'
import { drawTimeChart } from '../components/drawTimeChart'
import { axisText } from '../format/axisText'
import { fileName } from '../format/fileName'
import { intervalText } from '../format/intervalText'
import { valueText } from '../format/valueText'
import { definitionOf } from '../state/definitionOf'
import { METRIC, type RetentionGroup } from './retentionGroups'
import { shareText } from './retentionTable'
import type { RetentionUnit } from './retentionUnit'

const { retention: texts } = usersTexts

const readingOf = ({ text, values }: RetentionGroup, at: number): string => {
  const value = values[at]
  if (!value || value.value === null) return `${text}: –`
  return `${text}: ${shareText(value)} (${intervalText(definitionOf(METRIC), value)})`
}

/**
 * The share that came back after each number of days, weeks or months, a line for each group; `null` while it is too early
 * for any.
 */
export const retentionCurve = (
  groups: readonly RetentionGroup[],
  { after, column }: RetentionUnit,
  period: DateRange,
  view: View,
): HTMLElement | null => {
  const known = after.filter((_, at) => groups.some(({ values }) => typeof values[at]?.value === 'number'))
  if (known.length === 0) return null
  const definition = definitionOf(METRIC)
  const afterText = (count: number): string => fill(column, { count })
  return drawTimeChart({
    label: texts.curve,
    head: clientFrameTexts.charts.time,
    positions: known,
    begun: known.length,
    isOpen: () => false,
    notes: [],
    bucket: at => afterText(known[at] ?? 0),
    tick: position => (position >= 1 && Number.isInteger(position) ? afterText(position) : ''),
    zoom: null,
    annotate: null,
    lines: groups.map(({ text, values }) => lineOf(METRIC, text, values.slice(0, known.length))),
    previous: null,
    bars: false,
    file: fileName(texts.curve, view.site, period, 'png'),
    text: value => valueText(definition, value),
    short: value => axisText(definition, value),
    whole: false,
    reading: at => [afterText(known[at] ?? 0), ...groups.map(group => readingOf(group, at))],
  })
}
