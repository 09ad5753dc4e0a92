import { refundedOrders } from './orders'
import type { Relation } from './relation'
import type { Builder } from './sql/builder'
import { int } from './sql/int'
import { shape, where } from './sql/shape'
import { inPart, parts, sessionsBetween } from './sql/tables'
import type { MoneySource } from './terms'

/** How far back a session with a source is looked for, milliseconds. */
const LOOK_BACK = 90 * 86_400_000

const SOURCES: readonly MoneySource[] = ['orders', 'costs']

/** Sessions that came from somewhere, by person: direct ones leave the source before them standing. */
const sourcedSessions = (b: Builder): string => {
  const { from, to } = b.scope.range
  b.looksBack(LOOK_BACK)
  return `select s.person, s.begin as time, s.source
from (${sessionsBetween(b, from - LOOK_BACK, to)(['source'])}) s
join sources known on known.id = s.source
where known.channel != 'Direct'`
}

/** Each order of the period with the last source of its person, at most the look-back before it. */
const attributed = (b: Builder): string => {
  const orders = refundedOrders(b, SOURCES)
  return b.table(
    'attributed',
    () => `select person, time, value, refunded, case when since >= time - ${int(LOOK_BACK)} then last_source end as source
from (
  select *,
    max(source) over (partition by person, touch) as last_source,
    max(case when source is not null then time end) over (partition by person, touch) as since
  from (
    select *, count(source) over (partition by person order by time, place rows unbounded preceding) as touch
    from (
      select person, time, source, null as value, null as refunded, 0 as place from (
${sourcedSessions(b)}
      )
      union all
      select coalesce(s.person, o.person), o.time, null, o.value, o.refunded, 1
      from ${orders} o
      left join ${parts(b)} s on ${inPart('o.person', 'o.time')}
    )
  )
)
where value is not null`,
  )
}

const CLAIMED_BY = ['channel', 'source', 'campaign'] as const

/** What costs of the period were spent on, each once; a text that is empty claims whatever there is. */
const claims = (b: Builder): string => {
  const { firstDay, lastDay } = b.scope.range
  return b.manyRows(
    'claims',
    () => `select distinct ${CLAIMED_BY.map(name => `i.texts->>'${name}' as ${name}`).join(', ')}
from imports i
where i.site = ${b.bind(b.scope.site)} and i.kind = 'costs' and i.day between ${int(firstDay)} and ${int(lastDay)}`,
  )
}

/**
 * The sources of orders that a cost claims; 0 stands for none. Each is looked up once for each choice of texts that the
 * cost can have left empty, so that no order is held against every cost.
 */
const claimedSources = (b: Builder): string => {
  const from = claims(b)
  const orders = attributed(b)
  const text = (name: string, bit: number): string =>
    `case when choice.value & ${int(bit)} then spent.${name} else '' end`
  return b.table(
    'claimed_sources',
    () => `select distinct o.source as claimed
from (select distinct coalesce(source, 0) as source from ${orders}) o
left join sources spent on spent.id = o.source
cross join json_each('[0,1,2,3,4,5,6,7]') choice
cross join ${from} c on ${CLAIMED_BY.map((name, place) => `c.${name} = ${text(name, 2 ** place)}`).join(' and ')}`,
  )
}

/** Orders that a cost of the period can claim: what it says of channel, source and campaign is theirs. */
export const ATTRIBUTED_ORDERS: Relation = {
  key: 'attributed_orders',
  rows: b => {
    const from = attributed(b)
    const claimed = claimedSources(b)
    const { joins, conditions, columns } = shape(b, ['session'])
    return `select ${b.bucketOfTime('s.time')} as bucket${columns}, s.person, s.value - s.refunded as amount
from ${from} s
${joins}${where([`coalesce(s.source, 0) in (select claimed from ${claimed})`, ...conditions])}`
  },
}
