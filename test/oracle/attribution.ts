import type { Interval, Parameters } from '../../shared/question.ts'
import { type AskedFilter, applyFilter, ofSession, type PlainFilter, reaches, withPeople } from './dimensions.ts'
import type { Fact, Session } from './fact.ts'
import type { World } from './facts.ts'
import { isPersistent } from './identity.ts'
import { believed, believedWorld, currencyIn, ofBucket, orders } from './metrics/amounts.ts'
import { leftOf, minorUnits } from './money.ts'
import { isConversion, settingsOf } from './rules.ts'
import { happened, NEEDS_INPUT, named, type Scope, sum, type Truth } from './scope.ts'
import { around } from './statistics.ts'
import { scopesOf, type TruthQuestion, type TruthRow } from './truth.ts'

const DAY = 24 * 3_600_000
const LOOKBACK = 90 * DAY

export const MODELS = ['first', 'last', 'last_non_direct', 'linear', 'position', 'time_decay'] as const
type Model = (typeof MODELS)[number]

export const ATTRIBUTED = ['orders', 'revenue', 'conversions', 'goal_conversions'] as const
type AttributedId = (typeof ATTRIBUTED)[number]

/** One conversion: what is divided, and what it is worth. */
interface Conversion {
  readonly fact: Fact
  readonly amount: number
  readonly worth: number
}

const isDirect = (session: Session): boolean => ofSession('channel', session) === 'Direct'

/** The session that gets everything. */
const alone = (sessions: readonly Session[], one: Session | undefined): number[] =>
  sessions.map(session => (session === one ? 1 : 0))

const SHARES: Readonly<Record<Model, (sessions: readonly Session[]) => number[]>> = {
  first: sessions => alone(sessions, sessions[0]),
  last: sessions => alone(sessions, sessions.at(-1)),
  last_non_direct: sessions =>
    alone(sessions, sessions.findLast(session => !isDirect(session)) ?? (sessions.at(-1) as Session)),
  linear: sessions => sessions.map(() => 1 / sessions.length),
  position: sessions => {
    if (sessions.length < 3) return sessions.map(() => 1 / sessions.length)
    const last = sessions.length - 1
    return sessions.map((_, n) => (n === 0 || n === last ? 0.4 : 0.2 / (last - 1)))
  },
  time_decay: sessions => {
    const last = sessions.at(-1)?.begin ?? 0
    const weights = sessions.map(({ begin }) => 2 ** (-(last - begin) / (7 * DAY)))
    return weights.map(weight => weight / sum(weights))
  },
}

/** The sessions that led to a conversion, up to its own. */
const leadingTo = ({ sessions }: World, { person, time, session }: Fact): Session[] => {
  const [who, until] = session ? [session.person, session.begin] : [person, time]
  return sessions
    .filter(one => one.person === who && until - LOOKBACK <= one.begin && one.begin <= until)
    .sort((a, b) => a.begin - b.begin)
}

const revenue = (scope: Scope): Conversion[] => {
  const currency = currencyIn(scope) ?? ''
  const left = leftOf(ofBucket(scope, orders(scope), currency), believedWorld(scope))
  return left.map(({ fact, minor }) => ({ fact, amount: minor / minorUnits(currency), worth: 0 }))
}

const counted = (facts: readonly Fact[]): Conversion[] => facts.map(fact => ({ fact, amount: 1, worth: 0 }))

const goalsOf = ({ world, parameters }: Scope) =>
  settingsOf(world).goals.filter(({ id }) => parameters.goal === undefined || id === parameters.goal)

/** The conversions of a bucket, whatever the filters. */
const CONVERSIONS: Readonly<Record<AttributedId, (scope: Scope) => Conversion[]>> = {
  orders: scope => counted(believed(scope)(happened(scope)).filter(named('purchase'))),
  revenue,
  conversions: scope => counted(happened(scope).filter(isConversion(scope.world))),
  goal_conversions: scope =>
    goalsOf(scope).flatMap(goal =>
      happened(scope)
        .filter(reaches(goal))
        .map(fact => ({ fact, amount: 1, worth: goal.value ?? 0 })),
    ),
}

/** A part of the credit for a conversion, and the group of the session that gets it. */
interface Credit {
  readonly conversion: Conversion
  readonly share: number
  readonly group: Readonly<Record<string, string>>
}

const passes = (filters: readonly PlainFilter[], session: Session | undefined): boolean => {
  const selection = { facts: [], withItems: [], sessions: [session as Session], pickedItem: () => true }
  return filters.reduce(applyFilter, selection).sessions.length > 0
}

const creditsOf = (
  scope: Scope,
  id: AttributedId,
  dimensions: readonly string[],
  filters: readonly PlainFilter[],
): Credit[] =>
  CONVERSIONS[id](scope).flatMap(conversion => {
    const sessions = leadingTo(scope.world, conversion.fact)
    const shares = sessions.length === 0 ? [1] : SHARES[scope.parameters.model as Model](sessions)
    return shares.flatMap((share, n) => {
      const session = sessions[n]
      if (share === 0 || !passes(filters, session)) return []
      return { conversion, share, group: Object.fromEntries(dimensions.map(one => [one, ofSession(one, session)])) }
    })
  })

/** A credited value with its interval. */
export interface AttributedTruth extends Truth {
  readonly interval?: Interval
}

const truthOf = (scope: Scope, id: AttributedId, credits: readonly Credit[]): AttributedTruth => {
  const own = [...Map.groupBy(credits, ({ conversion }) => conversion)].map(
    ([conversion, parts]) => [conversion, sum(parts.map(({ share }) => share))] as const,
  )
  const value = sum(own.map(([{ amount }, share]) => share * amount))
  const [low, high] = around(value, sum(own.map(([{ amount }, share]) => (share * amount) ** 2)))
  const hasWorth = id === 'goal_conversions' && goalsOf(scope).some(({ value }) => value !== undefined)
  return {
    value,
    numerator: value,
    pending: 0,
    interval: [Math.max(0, low), high],
    not_followed: own.filter(([{ fact }]) => !isPersistent(fact.session?.person ?? fact.person)).length,
    ...(hasWorth && { parts: { value: sum(own.map(([{ worth }, share]) => share * worth)) } }),
  }
}

const lacks = (scope: Scope, id: AttributedId): boolean =>
  (id === 'revenue' && currencyIn(scope) === undefined) ||
  (id === 'goal_conversions' && settingsOf(scope.world).goals.length === 0)

/** Answers a query for one metric by a model, trying every session for every conversion. */
export const askAttribution = (
  world: World,
  now: number,
  id: AttributedId,
  parameters: Parameters,
  { dimensions = [], filters = [], ...question }: Omit<TruthQuestion, 'metrics' | 'parameters'>,
): (TruthRow & { readonly metrics: Readonly<Partial<Record<AttributedId, AttributedTruth>>> })[] =>
  scopesOf(world, now, { ...question, metrics: [] }).flatMap(cell => {
    const scope = { ...cell.scope, parameters }
    const people = filters.map((filter: AskedFilter) => withPeople(filter, scope.whole, settingsOf(world).goals))
    const credits = lacks(scope, id) ? [] : creditsOf(scope, id, dimensions, people)
    const groups = Map.groupBy(credits, ({ group }) => JSON.stringify(group))
    if (dimensions.length === 0) groups.set('{}', credits)
    return [...groups].map(([group, own]) => ({
      bucket: scope.bucket,
      dimensions: JSON.parse(group),
      metrics: { [id]: lacks(scope, id) ? NEEDS_INPUT : truthOf(scope, id, own) },
    }))
  })
