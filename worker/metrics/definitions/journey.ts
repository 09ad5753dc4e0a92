import type { SiteSettings } from '../../../shared/settings'
import { inDays, type Journey, journeys } from '../../relations/journeys'
import type { Identified, Own } from '../kinds/described'
import { share } from '../kinds/share'
import type { Arguments, Metric, Need, Parameter } from '../metric'
import { plural } from '../plural'

/** How many days somebody has to get there. */
export const window = (days: number): Parameter => ({
  name: 'window',
  help: 'How many days they have for it; who has not had them yet is left out.',
  from: 1,
  to: 1000,
  default: days,
})

/** Those of a journey whose window has passed, in words. */
export const pastWindow =
  (travellers: string) =>
  ({ window }: Arguments): string =>
    `${travellers} from at least ${plural(window, 'day')} ago`

/**
 * The share of those who set out in the period who got somewhere within a window; only those whose window has
 * passed, whatever they did in it. Of lasting ids.
 */
export const journey = <Id extends string>(
  described: Omit<Own, 'breakdown'> &
    Identified<Id> & {
      needs: readonly Exclude<Need, 'imports'>[]
      journey: (settings: SiteSettings, within: number) => Journey
      whole: string
    },
): Metric<Id> =>
  share({
    ...described,
    needs: ['lasting_id', ...described.needs],
    breakdown: 'start',
    of: (terms, args) => {
      const within = inDays(args.window)
      const over = `began + ${within} <= ${terms.now}`
      return {
        form: 'sums',
        relation: journeys(described.journey(terms.settings, within)),
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
