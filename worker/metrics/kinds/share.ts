import { isSmallShare } from '../../../shared/isSmallShare'
import { wilson } from '../../../shared/wilson'
import type { Arguments, Measure, Metric, Reading } from '../metric'
import { newcombe } from '../statistics/newcombe'
import { complete, type Described, type Identified } from './described'
import { get } from './get'
import type { KindOptions } from './kindOptions'
import { noData } from './noData'
import { requirePersistentIds } from './requirePersistentIds'

const shareReading = (numerator: number, denominator: number, pending: number, of: string, send?: string): Reading => {
  const interval = wilson(numerator, denominator)
  if (interval === null) return noData(pending, of, send)
  return {
    value: numerator / denominator,
    numerator,
    denominator,
    interval,
    status: isSmallShare(interval) ? 'low_sample' : 'ok',
    pending,
  }
}

/** A share: the numerator counts some of the units in the denominator. Wilson's interval, and Newcombe's for a change. */
export const share = <Id extends string>(
  described: Described &
    Identified<Id> & {
      of: KindOptions<Measure | readonly Measure[]>
      whole: string
      /** Names of sums to return beside the value. */
      parts?: (args: Arguments) => readonly string[]
    },
): Metric<Id> => {
  const metric = complete(described)
  return {
    ...metric,
    kind: 'share',
    intervalBy: 'wilson',
    change: 'difference',
    test: (now, before) =>
      newcombe(Number(now.numerator), Number(now.denominator), Number(before.numerator), Number(before.denominator)),
    measure: (args, terms) => described.of(terms, args),
    read: (sums, _context, args) =>
      requirePersistentIds(metric, sums, () => {
        const [numerator, denominator] = [get(sums, 'numerator'), get(sums, 'denominator')]
        const reading = shareReading(numerator, denominator, get(sums, 'pending'), described.whole, described.send)
        const parts = described.parts?.(args) ?? []
        return parts.length === 0
          ? reading
          : { ...reading, parts: Object.fromEntries(parts.map(name => [name, get(sums, name)])) }
      }),
  }
}
