import type { Granularity } from '../../../../shared/question'
import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'
import { asUtc, dateFormat } from './dateFormat'

const DATES: Readonly<Record<Granularity, Intl.DateTimeFormatOptions>> = {
  hour: { weekday: 'short', day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' },
  day: { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' },
  week: { day: 'numeric', month: 'short', year: 'numeric' },
  month: { month: 'long', year: 'numeric' },
}

const SHORT_DATES: Readonly<Record<Granularity, Intl.DateTimeFormatOptions>> = {
  hour: { hour: 'numeric', minute: '2-digit' },
  day: { day: 'numeric', month: 'short' },
  week: { day: 'numeric', month: 'short' },
  month: { month: 'short', year: 'numeric' },
}

/**
 * Formats the time of a row.
 * @example timeText('2026-01-31', 'day') // 'Sat, Jan 31, 2026'
 */
export const timeText = (time: string, granularity: Granularity): string => {
  const text = dateFormat(DATES[granularity]).format(asUtc(time))
  return granularity === 'week' ? fill(clientFrameTexts.times.weekOf, { date: text }) : text
}

/** Formats the time of a row for the axis of a chart. */
export const shortTimeText = (time: string, granularity: Granularity): string =>
  dateFormat(SHORT_DATES[granularity]).format(asUtc(time))
