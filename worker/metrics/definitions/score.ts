import type { Relation } from '../../relations/relation'
import type { Terms } from '../../relations/terms'
import { complete, type Described, type Identified } from '../kinds/described'
import { get } from '../kinds/get'
import type { KindOptions } from '../kinds/kindOptions'
import { noData } from '../kinds/noData'
import { requirePersistentIds } from '../kinds/requirePersistentIds'
import type { Metric, Reading, Sums, SumsMeasure } from '../metric'
import { meanInterval } from '../statistics/studentT'
import { varianceOf } from '../statistics/varianceOf'

/** The shares of which a score is the mean, over one person's rows. */
const PARTS = (features: number): Readonly<Record<string, string>> => ({
  days: '1.0 * count(distinct day) / max(days)',
  engagement: '1.0 * sum(engaged) / sum(session)',
  features: `1.0 * count(distinct feature) / ${features}`,
})

type Sql = (columnOf: (name: string) => string) => string

const partSum =
  (name: string, whose: Sql): Sql =>
  of =>
    `sum(case when ${whose(of)} then ${of(`part_${name}`)} end)`

/** Scores and their parts, of all users or of one. */
const scoreSums = (
  relation: Relation,
  parts: Readonly<Record<string, string>>,
  groups: string,
  user: number | null,
): SumsMeasure => {
  const score = `((${Object.values(parts).join(' + ')}) / ${Object.keys(parts).length})`
  const whose: Sql = user === null ? of => of('counted') : of => `${of('counted')} and person = ${user}`
  return {
    form: 'sums',
    relation,
    perPerson: {
      counted: 'person < 0 and sum(session) > 0',
      score,
      own: `max(case when person = ${user ?? 0} then ${score} end) over (partition by bucket${groups})`,
      ...Object.fromEntries(Object.entries(parts).map(([name, sql]) => [`part_${name}`, sql])),
    },
    sums: {
      n: of => `sum(${whose(of)})`,
      x: of => `sum(case when ${whose(of)} then ${of('score')} end)`,
      xx: of => `sum(case when ${whose(of)} then ${of('score')} * ${of('score')} end)`,
      below: of => `sum(${of('counted')} and ${of('score')} <= ${of('own')})`,
      ...Object.fromEntries(Object.keys(parts).map(name => [name, partSum(name, whose)])),
      lasting: of => `sum(${of('counted')})`,
      others: 'sum(person > 0)',
    },
  }
}

const scoreReading = (sums: Sums, names: readonly string[], asked: boolean, of: string): Reading => {
  const n = get(sums, 'n')
  if (n === 0) return noData(0, asked ? 'sessions of this user' : of)
  const interval = asked ? null : meanInterval(n, 100 * get(sums, 'x'), 10_000 * get(sums, 'xx'))
  return {
    value: (100 * get(sums, 'x')) / n,
    numerator: 100 * get(sums, 'x'),
    denominator: n,
    interval: interval && [Math.max(0, interval[0]), Math.min(100, interval[1])],
    variance: varianceOf(interval),
    status: 'ok',
    pending: 0,
    parts: Object.fromEntries(names.map(name => [name, get(sums, name) / n])),
    ...(asked && { percentile: get(sums, 'below') / get(sums, 'lasting') }),
  }
}

/** The mean of several shares, from 0 to 100. Student's interval over the users. */
export const score = <Id extends string>(
  described: Described &
    Identified<Id> & { of: KindOptions<Relation>; features: (terms: Terms) => number; whole: string },
): Metric<Id> => {
  const metric = complete(described)
  return {
    ...metric,
    kind: 'score',
    intervalBy: 'student',
    change: 'fraction',
    measure: (args, terms) =>
      scoreSums(
        described.of(terms, args),
        PARTS(described.features(terms)),
        terms.groups,
        args.user ? terms.userId(String(args.user)) : null,
      ),
    read: (sums, _context, { user }) =>
      requirePersistentIds(metric, sums, () =>
        scoreReading(sums, Object.keys(PARTS(1)), user !== null && user !== undefined, described.whole),
      ),
  }
}
