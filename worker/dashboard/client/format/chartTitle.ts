import type { Granularity } from '../../../../shared/question'
import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'

const { charts } = clientFrameTexts

const TITLES = {
  hour: charts.byHour,
  day: charts.byDay,
  week: charts.byWeek,
  month: charts.byMonth,
} as const satisfies Readonly<Record<Granularity, unknown>>

/** @example chartTitle('Visitors', 'day') // 'Visitors by day' */
export const chartTitle = (metric: string, granularity: Granularity): string => fill(TITLES[granularity], { metric })
