import { type AttributionModel, HALF_LIFE, LOOKBACK } from '../metrics/attributionModels'
import type { AttributableConversions } from './attributableConversions'
import type { Relation } from './relation'
import type { Builder } from './sql/builder'
import { int } from './sql/int'
import { isOneOf } from './sql/isOneOf'
import { shape, where } from './sql/shape'
import { inPart, parts, REACH, sessionsBetween } from './sql/tables'

/** Conversions of one session and bucket are one row: they have the same sessions before them. */
const convertedIn = (b: Builder, conversions: AttributableConversions): string =>
  b.manyRows(
    b.nameOf('converted', conversions.key),
    () => `select coalesce(s.person, c.person) as who, coalesce(s.begin, c.time) as time, ${b.bucketOfTime('c.time')} as bucket,
  count(*) as conversions, sum(c.amount) as amount, sum(1.0 * c.amount * c.amount) as squares, sum(c.worth) as worth
from (${conversions.rows(b)}) c
left join ${parts(b)} s on ${inPart('c.person', 'c.time')}
group by 1, 2, 3`,
  )

/**
 * Sessions of the visitors who converted, from the lookback on: when they were `touched`, and `sourced` unless direct. The table is
 * recursive so that it is read once.
 */
const touchesBefore = (b: Builder, converted: string): string => {
  const name = b.nameOf('touches', converted)
  return b.table(name, () => {
    b.looksBack(LOOKBACK)
    b.needs('source')
    const { range } = b.scope
    const text = sessionsBetween(b, range.from - REACH - LOOKBACK, range.to)
    return columns => `select s.person as who, s.begin as touched, case when known.channel != 'Direct' then s.begin end as sourced, s.*
from (
${text(columns)}
) s
left join sources known on known.id = s.source
where ${isOneOf('s.person', `select who from ${converted}`)}
union all
select * from ${name} where 0`
  })
}

/** Columns over the sessions of a window up to each row, whose names begin with a prefix. */
const windowed = (b: Builder, prefix: string, columns: string): string => {
  const { from, to } = b.scope.range
  // From the middle of the period, so that the powers of twenty years are neither infinite nor 0.
  const weight = `pow(2, (touched - ${int(Math.round((from + to) / 2))}) / ${int(HALF_LIFE)}.0)`
  const over = `over (partition by ${columns} order by time range between ${int(LOOKBACK)} preceding and current row)`
  return `count(touched) ${over} as ${prefix}count, min(touched) ${over} as ${prefix}first, max(touched) ${over} as ${prefix}last,
  max(sourced) ${over} as ${prefix}sourced, sum(${weight}) ${over} as ${prefix}weight`
}

const CONVERTED = 'bucket, conversions, amount, squares, worth'
const TOTALS = 'all_count, all_first, all_last, all_sourced, all_weight'

const nulls = (columns: string): string =>
  columns
    .split(', ')
    .map(name => `null as ${name}`)
    .join(', ')

/** Conversions with totals over the sessions before them. No row looks up others, so long histories stay cheap. */
const totalled = (b: Builder, converted: string, touches: string): string =>
  b.manyRows(
    b.nameOf('totalled', converted),
    // Without the cast SQLite would look nothing up in it by an index.
    () => `select cast(who as integer) as who, time, ${CONVERTED}, ${TOTALS}
from (
select *, ${windowed(b, 'all_', 'who')}
from (
select who, touched as time, touched, sourced, ${nulls(CONVERTED)} from ${touches}
union all
select who, time, null, null, ${CONVERTED} from ${converted}
)
)
where conversions is not null`,
  )

/** Sessions `s` in the groups of the query. */
const inGroups = (b: Builder, columns: string, sessions: string): string => {
  const { joins, conditions, columns: groups } = shape(b, ['session'])
  return `select ${columns}${groups} from ${[`${sessions} s`, ...joins.session, ...joins.repeat].join('\n')}${where(conditions)}`
}

/** Conversions without a session before them, all of whose credit goes to an unknown one. */
const withoutTouch = (b: Builder, totals: string): string => {
  const name = b.table(b.nameOf('without_touch', totals), () => own => {
    const unknown = ['person', 'begin', ...own, 'open'].map(column => `null as ${column}`)
    return `select who, ${CONVERTED}, ${unknown.join(', ')} from ${totals} where all_count = 0`
  })
  return inGroups(b, `s.who as person, 1 as share, ${CONVERTED}`, name)
}

/**
 * Conversions by group of the sessions before them. A visitor has few groups; joining conversions to sessions would be
 * quadratic.
 */
const withGroups = (b: Builder, touches: string, totals: string): string => {
  const { groups } = b
  const dimensions = b.scope.dimensions.map(({ id }) => id)
  const grouped = b.manyRows(b.nameOf('grouped', JSON.stringify([touches, dimensions])), () =>
    inGroups(b, 's.who, s.touched, s.sourced', touches),
  )
  return `select who as person${groups}, ${CONVERTED}, own_count as own, all_count as touches, own_weight, all_weight as weight,
  own_first = all_first as has_first, own_last = all_last as has_last,
  case when all_sourced is not null then coalesce(own_sourced = all_sourced, 0) end as has_sourced
from (
select *, ${windowed(b, 'own_', `who${groups}`)}
from (
select who${groups}, touched as time, touched, sourced, ${nulls(`${CONVERTED}, ${TOTALS}`)} from ${grouped}
union all
select who${groups}, time, null, null, ${CONVERTED}, ${TOTALS}
from (select distinct who${groups} from ${grouped})
cross join ${totals} using (who)
)
)
where conversions is not null and own_count > 0`
}

/**
 * Conversions by the sessions that get credit for them, up to and including their own: for each converting session, bucket and
 * group of the query, the `share` of the group, the number of `conversions`, the sum of their amounts and of the squares, and
 * what they are `worth`. Dimensions and filters are of the sessions with credit.
 */
export const attribution = (model: AttributionModel, conversions: AttributableConversions): Relation => ({
  key: `attribution/${model.id}/${conversions.key}`,
  rows: b => {
    const converted = convertedIn(b, conversions)
    const touches = touchesBefore(b, converted)
    const totals = totalled(b, converted, touches)
    const columns = `person, share, ${CONVERTED}${b.groups}`
    return `select ${columns} from (
select *, ${model.share} as share from (
${withGroups(b, touches, totals)}
)
)
where share > 0
union all
select ${columns} from (
${withoutTouch(b, totals)}
)`
  },
})
