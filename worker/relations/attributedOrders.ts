import { LOOKBACK } from '../metrics/attributionModels'
import { refundedOrders } from './orders'
import type { Relation } from './relation'
import type { Builder } from './sql/builder'
import { int } from './sql/int'
import { shape, where } from './sql/shape'
import { inPart, parts, sessionsBetween } from './sql/tables'
import type { MoneySource } from './terms'

const SOURCES: readonly MoneySource[] = ['orders', 'costs']

/** Sessions with a source. Direct ones are left out, so that they do not replace the source before them. */
const sourcedSessions = (b: Builder): string => {
  const { from, to } = b.scope.range
  b.looksBack(LOOKBACK)
  return `select s.person, s.begin as time, s.source
from (${sessionsBetween(b, from - LOOKBACK, to)(['source'])}) s
join sources known on known.id = s.source
where known.channel != 'Direct'`
}

/** Orders of the period, each with the last source of its person within the lookback. */
const attributed = (b: Builder): string => {
  const orders = refundedOrders(b, SOURCES)
  return b.table(
    'attributed',
    () => `select person, time, value, refunded, case when since >= time - ${int(LOOKBACK)} then last_source end as source
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

const COST_KEYS = ['channel', 'source', 'campaign'] as const

/** The targets of costs of the period, each once; an empty value matches any. */
const costTargets = (b: Builder): string => {
  const { firstDay, lastDay } = b.scope.range
  return b.manyRows(
    'claims',
    () => `select distinct ${COST_KEYS.map(name => `i.texts->>'${name}' as ${name}`).join(', ')}
from imports i
where i.site = ${b.bind(b.scope.site)} and i.kind = 'costs' and i.day between ${int(firstDay)} and ${int(lastDay)}`,
  )
}

/**
 * The sources of orders that match a cost; 0 is no source. Each is looked up once for every set of values that a cost
 * can leave empty, so that orders are not compared with every cost.
 */
const matchedSources = (b: Builder): string => {
  const from = costTargets(b)
  const orders = attributed(b)
  const text = (name: string, bit: number): string =>
    `case when choice.value & ${int(bit)} then spent.${name} else '' end`
  return b.table(
    'claimed_sources',
    () => `select distinct o.source as claimed
from (select distinct coalesce(source, 0) as source from ${orders}) o
left join sources spent on spent.id = o.source
cross join json_each('[0,1,2,3,4,5,6,7]') choice
cross join ${from} c on ${COST_KEYS.map((name, place) => `c.${name} = ${text(name, 2 ** place)}`).join(' and ')}`,
  )
}

/** Orders whose channel, source and campaign match a cost of the period. */
export const ATTRIBUTED_ORDERS: Relation = {
  key: 'attributed_orders',
  rows: b => {
    const from = attributed(b)
    const matched = matchedSources(b)
    const { joins, conditions, columns } = shape(b, ['session'])
    return `select ${b.bucketOfTime('s.time')} as bucket${columns}, s.person, s.value - s.refunded as amount
from ${[`${from} s`, ...joins.session, ...joins.repeat].join('\n')}${where([`coalesce(s.source, 0) in (select claimed from ${matched})`, ...conditions])}`
  },
}
