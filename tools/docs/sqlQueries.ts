import type { Question } from '../../shared/question'

/** A query over exported tables, and the question to the API that has the same answer. */
interface SqlQuery {
  readonly title: string
  readonly question: Omit<Question, 'site' | 'period'>
  /** Its columns are the parts of the metric that it gives, beside those of the dimensions. */
  readonly sql: string
}

/** The queries of docs/sql.md, whose tables hold one period. A test runs them. */
export const SQL_QUERIES: readonly SqlQuery[] = [
  {
    title: 'Visitors',
    question: { metrics: ['visitors'] },
    sql: `select count(distinct visitor) as value
from (select visitor from pageviews union all select visitor from events where active);`,
  },
  {
    title: 'Sessions',
    question: { metrics: ['sessions'] },
    sql: 'select count(*) as value from sessions;',
  },
  {
    title: 'Session duration',
    question: { metrics: ['session_duration'] },
    sql: 'select round(sum(duration_seconds), 3) as numerator, count(*) as denominator from sessions;',
  },
  {
    title: 'Bounce rate',
    question: { metrics: ['bounce_rate'] },
    sql: 'select count(*) filter (where bounced) as numerator, count(*) as denominator from sessions;',
  },
  {
    title: 'Bounce rate of Google Analytics 4',
    question: { metrics: ['bounce_rate'], parameters: { bounce_rate: { rule: 'engaged' } } },
    sql: 'select count(*) filter (where bounced_engaged) as numerator, count(*) as denominator from sessions;',
  },
  {
    title: 'Cart abandonment',
    question: { metrics: ['cart_abandonment_rate'] },
    sql: `select count(*) filter (where not has_purchase) as numerator, count(*) as denominator
from sessions
where has_add_to_cart;`,
  },
  {
    title: 'Retention on day 7',
    question: { metrics: ['retention_rate'], parameters: { retention_rate: { day: 7 } } },
    sql: `with
  active as (
    select distinct visitor, day from pageviews where persistent
    union
    select distinct visitor, day from events where persistent and active
  ),
  first_seen as (select visitor, min(day) as day from active group by visitor)
select count(a.visitor) as numerator, count(*) as denominator
from first_seen f
left join active a on a.visitor = f.visitor and a.day = f.day + 7
where f.day + 7 <= date '2026-01-31';`,
  },
  {
    title: 'Orders',
    question: { metrics: ['orders'] },
    sql: 'select count(*) as value from orders;',
  },
  {
    title: 'Revenue',
    question: { metrics: ['revenue'] },
    sql: `select round(
  coalesce((select sum(value) from orders where currency = 'USD'), 0)
  - coalesce((select sum(value) from events where name = 'refund' and currency = 'USD'), 0), 2
) as value;`,
  },
  {
    title: 'Top pages',
    question: { metrics: ['pageviews'], dimensions: ['page'], limit: 10 },
    sql: `select page, count(*) as value
from pageviews
group by page
order by value desc, page
limit 10;`,
  },
  {
    title: 'Channels',
    question: { metrics: ['sessions'], dimensions: ['channel'] },
    sql: `select channel, count(*) as value
from sessions
group by channel
order by value desc, channel;`,
  },
]
