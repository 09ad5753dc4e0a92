-- visitor_to_sql_rate in total, with [1]
with reaching_sessions as (
select visitor as person, hour * 3600000 + at as begin, next, last, 0 as open
from visits
where site = ?1 and hour >= -49 and hour <= 48 and hour * 3600000 + at >= -176400000 and hour * 3600000 + at < 172800000
),
since_ever_13 as (
select coalesce((
    select coalesce((
      select u.user from identities u
      where u.site = i.site and u.visitor = i.user
      order by u.since <= (e.hour * 3600000 + e.at) desc, case when u.since <= (e.hour * 3600000 + e.at) then -u.since else u.since end, u.user
    limit 1
    ), i.user)
    from identities i
    where i.site = ?1 and i.visitor = e.visitor
    order by i.since <= (e.hour * 3600000 + e.at) desc, case when i.since <= (e.hour * 3600000 + e.at) then -i.since else i.since end, i.user
    limit 1
  ), e.visitor) as person, (e.hour * 3600000 + e.at) as time, e.id, e.name as name, e.active, e.page, 0 as seen, null as depth, null as clicks,
  e.currency, e.value, e.transaction_id, e.items, e.properties
from events e indexed by events_of_customers
where e.site = ?1 and e.name in (10, 11, 12, 13, 14, 16, 17, 18, 19) and e.name in (13)
)
select bucket,
  sum(person < 0 and began + 7776000000 <= 259200000 and met) as m0_numerator,
  sum(person < 0 and began + 7776000000 <= 259200000) as m0_denominator,
  sum(person < 0 and not (began + 7776000000 <= 259200000)) as m0_pending,
  sum(person < 0) as m0_lasting,
  sum(person > 0) as m0_others
from (
select bucket, person, time as began, reached - time as took, met,
  coalesce(reached - time, max(0, 259200000 - time)) as seen
from (
  select *, min(case when k is not null then time end) over onward as reached, coalesce(count(k) over span, 0) >= 1 as met
  from (
    select *, null as k from (
select bucket, person, min(began) as time from (
select * from (
select (((s.begin + 0) / 86400000) + night.value) as bucket,
  case night.value when 0 then s.person else coalesce(s.next, s.person) end as person, (((s.begin + 0) / 86400000) + night.value) as day,
  1 as active, s.open, s.begin as began, null as name, null as page, null as properties
from reaching_sessions s
cross join json_each(case when ((s.begin + 0) / 86400000) = (((s.begin + s.last) + 0) / 86400000) then '[0]' else '[0,1,2]' end) night on (((s.begin + 0) / 86400000) + night.value) <= (((s.begin + s.last) + 0) / 86400000)
where (((s.begin + 0) / 86400000) + night.value) between 0 and 1
) where active
) where began is not null group by bucket, person
    )
    union all
    select null, person, time, k from (
select person, time, 0 as k from since_ever_13
    ) where person < 0
  )
  window
    span as (partition by person order by time range between current row and 7776000000 following),
    onward as (partition by person order by time range between current row and unbounded following)
)
where k is null
)
group by bucket;

-- visitor_to_sql_rate by channel, with [1]
with reaching_sessions as (
select visitor as person, hour * 3600000 + at as begin, next, last, source, 0 as open
from visits
where site = ?1 and hour >= -49 and hour <= 48 and hour * 3600000 + at >= -176400000 and hour * 3600000 + at < 172800000
),
since_ever_13 as (
select coalesce((
    select coalesce((
      select u.user from identities u
      where u.site = i.site and u.visitor = i.user
      order by u.since <= (e.hour * 3600000 + e.at) desc, case when u.since <= (e.hour * 3600000 + e.at) then -u.since else u.since end, u.user
    limit 1
    ), i.user)
    from identities i
    where i.site = ?1 and i.visitor = e.visitor
    order by i.since <= (e.hour * 3600000 + e.at) desc, case when i.since <= (e.hour * 3600000 + e.at) then -i.since else i.since end, i.user
    limit 1
  ), e.visitor) as person, (e.hour * 3600000 + e.at) as time, e.id, e.name as name, e.active, e.page, 0 as seen, null as depth, null as clicks,
  e.currency, e.value, e.transaction_id, e.items, e.properties
from events e indexed by events_of_customers
where e.site = ?1 and e.name in (10, 11, 12, 13, 14, 16, 17, 18, 19) and e.name in (13)
)
select bucket, d0,
  sum(person < 0 and began + 7776000000 <= 259200000 and met) as m0_numerator,
  sum(person < 0 and began + 7776000000 <= 259200000) as m0_denominator,
  sum(person < 0 and not (began + 7776000000 <= 259200000)) as m0_pending,
  sum(person < 0) as m0_lasting,
  sum(person > 0) as m0_others
from (
select bucket, d0, person, time as began, reached - time as took, met,
  coalesce(reached - time, max(0, 259200000 - time)) as seen
from (
  select *, min(case when k is not null then time end) over onward as reached, coalesce(count(k) over span, 0) >= 1 as met
  from (
    select *, null as k from (
select bucket, d0, person, min(began) as time from (
select * from (
select (((s.begin + 0) / 86400000) + night.value) as bucket, coalesce(nullif(src.channel, ''), 'Direct') as d0,
  case night.value when 0 then s.person else coalesce(s.next, s.person) end as person, (((s.begin + 0) / 86400000) + night.value) as day,
  1 as active, s.open, s.begin as began, null as name, null as page, null as properties
from reaching_sessions s
left join sources src on src.id = s.source
cross join json_each(case when ((s.begin + 0) / 86400000) = (((s.begin + s.last) + 0) / 86400000) then '[0]' else '[0,1,2]' end) night on (((s.begin + 0) / 86400000) + night.value) <= (((s.begin + s.last) + 0) / 86400000)
where (((s.begin + 0) / 86400000) + night.value) between 0 and 1
) where active
) where began is not null group by bucket, d0, person
    )
    union all
    select null, null, person, time, k from (
select person, time, 0 as k from since_ever_13
    ) where person < 0
  )
  window
    span as (partition by person order by time range between current row and 7776000000 following),
    onward as (partition by person order by time range between current row and unbounded following)
)
where k is null
)
group by bucket, d0;
