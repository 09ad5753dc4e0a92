import type { DateRange } from '../../shared/question'

/** A day of a site with its page views. */
export interface DayOfViews {
  readonly day: string
  readonly views: number
}

/** The probability of a silent stretch by chance below which it is told. */
const ALL_BUT_IMPOSSIBLE = 1e-6

/** The stretches of days without a page view. */
const stretches = (days: readonly DayOfViews[]): DayOfViews[][] => {
  const found: DayOfViews[][] = []
  for (const [index, day] of days.entries()) {
    if (day.views > 0) continue
    if (index > 0 && days[index - 1]?.views === 0) found.at(-1)?.push(day)
    else found.push([day])
  }
  return found
}

/**
 * Days without a page view although the others bring so many that chance alone is no cause. Page views come in visits, so
 * only a third of them is taken for independent.
 */
export const silentDays = (days: readonly DayOfViews[]): DateRange[] => {
  const loud = days.filter(({ views }) => views > 0)
  const usual = loud.reduce((sum, { views }) => sum + views, 0) / Math.max(1, loud.length)
  return stretches(days)
    .filter(({ length }) => Math.exp((-usual * length) / 3) < ALL_BUT_IMPOSSIBLE)
    .map(stretch => ({ from: stretch[0]?.day ?? '', to: stretch.at(-1)?.day ?? '' }))
}
