import type { SiteSettings } from '../../../shared/settings'
import { inDays, type Journey, journeys } from '../../relations/journeys'
import type { Relation } from '../../relations/relation'
import type { Identified, Own } from '../kinds/described'
import { share } from '../kinds/share'
import type { Arguments, Metric, Need, Parameter } from '../metric'
import { plural } from '../plural'

/** The parameter of the days within which the outcome must follow. */
export const window = (days: number): Parameter => ({
  name: 'window',
  help: 'The window, in days. Cases whose window has not closed are left out.',
  from: 1,
  to: 1000,
  default: days,
})

/** The units of a journey whose window has closed, in words. */
export const pastWindow =
  (units: string) =>
  ({ window }: Arguments): string =>
    `${units} from at least ${plural(window, 'day')} ago`

/**
 * The share of those who started in the period and reached an outcome within a window. Counts only people with a
 * persistent id whose window has closed, whatever they did in it.
 */
export const journey = <Id extends string>(
  described: Omit<Own, 'breakdown'> &
    Identified<Id> & {
      needs: readonly Exclude<Need, 'imports'>[]
      journey: (settings: SiteSettings, within: number) => Journey
      /** A relation with the same rows and more columns. */
      extendedBy?: (settings: SiteSettings, within: number) => Relation
      whole: string
    },
): Metric<Id> =>
  share({
    ...described,
    needs: ['lasting_id', ...described.needs],
    breakdown: 'start',
    of: (terms, args) => {
      const within = inDays(args.window)
      const extended = described.extendedBy?.(terms.settings, within)
      const over = `began + ${within} <= ${terms.now}`
      return {
        form: 'sums',
        relation: {
          ...journeys(described.journey(terms.settings, within)),
          ...(extended && { extendedBy: [extended.key] }),
        },
        sums: {
          numerator: `sum(person < 0 and ${over} and met)`,
          denominator: `sum(person < 0 and ${over})`,
          pending: `sum(person < 0 and not (${over}))`,
          lasting: 'sum(person < 0)',
          others: 'sum(person > 0)',
        },
      }
    },
  })
