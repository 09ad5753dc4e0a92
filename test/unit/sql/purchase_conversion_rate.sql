-- purchase_conversion_rate in total, with [1]
with reaching_sessions as (
select visitor as person, hour * 3600000 + at as begin, next, last, 0 as open
from visits
where site = ?1 and hour >= -49 and hour <= 48 and hour * 3600000 + at >= -176400000 and hour * 3600000 + at < 172800000
),
facts_events_alone as (
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
  ), e.visitor) as person, e.hour * 3600000 + e.at as time, e.id, e.name as name, e.active, e.page, 0 as seen, null as depth, null as clicks,
  e.currency, e.value, e.transaction_id, e.items, e.properties
from events e
where e.site = ?1 and e.hour >= 0 and e.hour <= 48
  and e.hour * 3600000 + e.at >= 0 and e.hour * 3600000 + e.at < 172800000
)
select bucket,
  sum(1.0 * p0_active * p0_converted) as m0_numerator,
  sum(p0_active) as m0_denominator,
  sum(1.0 * p0_active * p0_open) as m0_pending
from (
select bucket, person, max(active) as p0_active, max(coalesce(name in (10), 0)) as p0_converted, max(open) as p0_open
from (
select (((s.begin + 0) / 86400000) + night.value) as bucket,
  case night.value when 0 then s.person else coalesce(s.next, s.person) end as person, (((s.begin + 0) / 86400000) + night.value) as day,
  1 as active, s.open, s.begin as began, null as name, null as page, null as properties
from reaching_sessions s
cross join json_each(case when ((s.begin + 0) / 86400000) = (((s.begin + s.last) + 0) / 86400000) then '[0]' else '[0,1,2]' end) night on (((s.begin + 0) / 86400000) + night.value) <= (((s.begin + s.last) + 0) / 86400000)
where (((s.begin + 0) / 86400000) + night.value) between 0 and 1
union all
select ((f.time + 0) / 86400000) as bucket, f.person, null as day, 0 as active, 0 as open, null as began, f.name, f.page, f.properties
from facts_events_alone f
)
group by bucket, person
)
group by bucket;

-- purchase_conversion_rate by channel, with [1]
with reaching_sessions as (
select visitor as person, hour * 3600000 + at as begin, next, last, duration, cut, source, 0 as open
from visits
where site = ?1 and hour >= -49 and hour <= 48 and hour * 3600000 + at >= -176400000 and hour * 3600000 + at < 172800000
),
facts_events as (
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
  ), e.visitor) as person, e.hour * 3600000 + e.at as time, e.id, e.name as name, e.active, e.page, 0 as seen, null as depth, null as clicks,
  e.currency, e.value, e.transaction_id, e.items, e.properties
from events e
where e.site = ?1 and e.hour >= 0 and e.hour <= 48
  and e.hour * 3600000 + e.at >= 0 and e.hour * 3600000 + e.at < 172800000
union all
select * from facts_events where 0
),
parts as (
select person as part_person, coalesce(begin + cut - 1, begin + duration + 1800000) as bound, begin / 21600000 as stretch, * from reaching_sessions
union all
select next, coalesce(begin + cut - 1, begin + duration + 1800000), begin / 21600000, * from reaching_sessions where next is not null
union all
select part_person, bound, stretch + 1, person, begin, next, last, duration, cut, source, open from parts where stretch < bound / 21600000
)
select bucket, d0,
  sum(1.0 * p0_active * p0_converted) as m0_numerator,
  sum(p0_active) as m0_denominator,
  sum(1.0 * p0_active * p0_open) as m0_pending
from (
select bucket, d0, person, max(active) as p0_active, max(coalesce(name in (10), 0)) as p0_converted, max(open) as p0_open
from (
select (((s.begin + 0) / 86400000) + night.value) as bucket, coalesce(nullif(src.channel, ''), 'Direct') as d0,
  case night.value when 0 then s.person else coalesce(s.next, s.person) end as person, (((s.begin + 0) / 86400000) + night.value) as day,
  1 as active, s.open, s.begin as began, null as name, null as page, null as properties
from reaching_sessions s
left join sources src on src.id = s.source
cross join json_each(case when ((s.begin + 0) / 86400000) = (((s.begin + s.last) + 0) / 86400000) then '[0]' else '[0,1,2]' end) night on (((s.begin + 0) / 86400000) + night.value) <= (((s.begin + s.last) + 0) / 86400000)
where (((s.begin + 0) / 86400000) + night.value) between 0 and 1
union all
select ((f.time + 0) / 86400000) as bucket, coalesce(nullif(src.channel, ''), 'Direct') as d0, f.person, null as day, 0 as active, 0 as open, null as began, f.name, f.page, f.properties
from facts_events f
left join parts s on s.part_person = f.person and s.stretch = f.time / 21600000 and f.time between s.begin and s.bound
left join sources src on src.id = s.source
)
group by bucket, d0, person
)
group by bucket, d0;

-- purchase_conversion_rate by page, with [1]
with facts_both as (
select coalesce((
    select coalesce((
      select u.user from identities u
      where u.site = i.site and u.visitor = i.user
      order by u.since <= (v.hour * 3600000 + v.at) desc, case when u.since <= (v.hour * 3600000 + v.at) then -u.since else u.since end, u.user
    limit 1
    ), i.user)
    from identities i
    where i.site = ?1 and i.visitor = v.visitor
    order by i.since <= (v.hour * 3600000 + v.at) desc, case when i.since <= (v.hour * 3600000 + v.at) then -i.since else i.since end, i.user
    limit 1
  ), v.visitor) as person, v.hour * 3600000 + v.at as time, v.id, 0 as name, 1 as active, v.page, v.seen,
  nullif(v.depth, -1) as depth, nullif(v.clicks, -1) as clicks,
  null as currency, null as value, null as transaction_id, null as items, null as properties
from views v
where v.site = ?1 and v.hour >= 0 and v.hour <= 48
  and v.hour * 3600000 + v.at >= 0 and v.hour * 3600000 + v.at < 172800000
union all
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
  ), e.visitor) as person, e.hour * 3600000 + e.at as time, e.id, e.name as name, e.active, e.page, 0 as seen, null as depth, null as clicks,
  e.currency, e.value, e.transaction_id, e.items, e.properties
from events e
where e.site = ?1 and e.hour >= 0 and e.hour <= 48
  and e.hour * 3600000 + e.at >= 0 and e.hour * 3600000 + e.at < 172800000
union all
select * from facts_both where 0
),
reaching_sessions as (
select visitor as person, hour * 3600000 + at as begin, next, duration, cut, 0 as open
from visits
where site = ?1 and hour >= -49 and hour <= 48 and hour * 3600000 + at >= -176400000 and hour * 3600000 + at < 172800000
),
parts as (
select person as part_person, coalesce(begin + cut - 1, begin + duration + 1800000) as bound, begin / 21600000 as stretch, * from reaching_sessions
union all
select next, coalesce(begin + cut - 1, begin + duration + 1800000), begin / 21600000, * from reaching_sessions where next is not null
union all
select part_person, bound, stretch + 1, person, begin, next, duration, cut, open from parts where stretch < bound / 21600000
)
select bucket, d0,
  sum(1.0 * p0_active * p0_converted) as m0_numerator,
  sum(p0_active) as m0_denominator,
  sum(1.0 * p0_active * p0_open) as m0_pending
from (
select bucket, d0, person, max(active) as p0_active, max(coalesce(name in (10), 0)) as p0_converted, max(open) as p0_open
from (
select ((f.time + 0) / 86400000) as bucket, coalesce(nullif(pag.path, ''), '(not set)') as d0, f.person, ((f.time + 0) / 86400000) as day, f.active, coalesce(s.open, 0) as open, coalesce(s.begin, f.time) as began, f.name, f.page, f.properties
from facts_both f
left join pages pag on pag.id = f.page
left join parts s on s.part_person = f.person and s.stretch = f.time / 21600000 and f.time between s.begin and s.bound
where coalesce(nullif(pag.path, ''), '(not set)') is not null
)
group by bucket, d0, person
)
group by bucket, d0;
