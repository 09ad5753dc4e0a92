import type { MoneySource } from '../../metric'
import type { Builder } from '../builder'
import { int } from '../int'
import type { Relation } from '../relation'
import { shape, where } from '../shape'
import { parts, sessionsBetween } from '../tables'
import { refundedOrders } from './orders'

/** How far back a session with a source is looked for, milliseconds. */
const LOOK_BACK = 90 * 86_400_000

const SOURCES: readonly MoneySource[] = ['orders', 'costs']

/** Sessions that came from somewhere, by person: direct ones leave the source before them standing. */
const sourcedSessions = (b: Builder): string => {
  const { from, to } = b.scope.range
  return `select s.person, s.begin as time, s.source
from (${sessionsBetween(b, from - LOOK_BACK, to)}) s
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
      left join ${parts(b)} s on s.part_person = o.person and o.time between s.begin and s.bound
    )
  )
)
where value is not null`,
  )
}

/** Orders that a cost of the period can claim: what it says of channel, source and campaign is theirs. */
export const ATTRIBUTED_ORDERS: Relation = {
  key: 'attributed_orders',
  looksBack: LOOK_BACK,
  rows: b => {
    const from = attributed(b)
    const { joins, conditions, columns } = shape(b, ['session'])
    const { firstDay, lastDay } = b.scope.range
    const fits = ['channel', 'source', 'campaign']
      .map(name => `and i.texts->>'${name}' in ('', spent.${name})`)
      .join('\n    ')
    return `select ${b.bucketOfTime('s.time')} as bucket${columns}, s.person, s.value - s.refunded as amount
from ${from} s
left join sources spent on spent.id = s.source
${joins}${where([
  `exists (
    select 1 from imports i
    where i.site = ${b.bind(b.scope.site)} and i.kind = 'costs' and i.day between ${int(firstDay)} and ${int(lastDay)}
    ${fits}
  )`,
  ...conditions,
])}`
  },
}
