-- feature_adoption_rate in total, with [1,"[[\"Chat\",1001]]"]
with facts_events_alone as (
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
),
event_rules_1 as (
select value->>0 as label, cast(value->>1 as integer) as sought from json_each(?2)
union all
select * from event_rules_1 where 0
),
reaching_sessions as (
select visitor as person, hour * 3600000 + at as begin, next, last, 0 as open
from visits
where site = ?1 and hour >= -49 and hour <= 48 and hour * 3600000 + at >= -176400000 and hour * 3600000 + at < 172800000
)
select bucket,
  sum(person < 0 and p0_active and p0_used) as m0_numerator,
  sum(person < 0 and p0_active) as m0_denominator,
  sum(person < 0 and p0_active) as m0_lasting,
  sum(person > 0 and p0_active) as m0_others
from (
select bucket, person, max(active) as p0_active, max(used) as p0_used
from (
select bucket, person, active, used from (
select bucket, person, 1 as active, 0 as used from (
select distinct bucket, person from (
select (((s.begin + 0) / 86400000) + night.value) as bucket,
  case night.value when 0 then s.person else coalesce(s.next, s.person) end as person, (((s.begin + 0) / 86400000) + night.value) as day,
  1 as active, s.open, s.begin as began, null as name, null as page, null as properties
from reaching_sessions s
cross join json_each(case when ((s.begin + 0) / 86400000) = (((s.begin + s.last) + 0) / 86400000) then '[0]' else '[0,1,2]' end) night on (((s.begin + 0) / 86400000) + night.value) <= (((s.begin + s.last) + 0) / 86400000)
where (((s.begin + 0) / 86400000) + night.value) between 0 and 1
) where active
)
union all
select bucket, person, 0, 1 from (
select bucket, person, label from (
select ((f.time + 0) / 86400000) as bucket, f.person, f.label
from (
select f.*, r.label from facts_events_alone f cross join event_rules_1 r on r.sought = f.name
) f
)
)
)
)
group by bucket, person
)
group by bucket;

-- feature_adoption_rate by channel, with [1,"[[\"Chat\",1001]]"]
with facts_events_alone as (
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
),
event_rules_1 as (
select value->>0 as label, cast(value->>1 as integer) as sought from json_each(?2)
union all
select * from event_rules_1 where 0
),
reaching_sessions as (
select visitor as person, hour * 3600000 + at as begin, next, last, duration, cut, source, 0 as open
from visits
where site = ?1 and hour >= -49 and hour <= 48 and hour * 3600000 + at >= -176400000 and hour * 3600000 + at < 172800000
),
parts as (
select person as part_person, coalesce(begin + cut - 1, begin + duration + 1800000) as bound, begin / 21600000 as stretch, * from reaching_sessions
union all
select next, coalesce(begin + cut - 1, begin + duration + 1800000), begin / 21600000, * from reaching_sessions where next is not null
union all
select part_person, bound, stretch + 1, person, begin, next, last, duration, cut, source, open from parts where stretch < bound / 21600000
)
select bucket, d0,
  sum(person < 0 and p0_active and p0_used) as m0_numerator,
  sum(person < 0 and p0_active) as m0_denominator,
  sum(person < 0 and p0_active) as m0_lasting,
  sum(person > 0 and p0_active) as m0_others
from (
select bucket, d0, person, max(active) as p0_active, max(used) as p0_used
from (
select bucket, d0 as d0, person, active, used from (
select bucket, d0, person, 1 as active, 0 as used from (
select distinct bucket, d0, person from (
select (((s.begin + 0) / 86400000) + night.value) as bucket, coalesce(nullif(src.channel, ''), 'Direct') as d0,
  case night.value when 0 then s.person else coalesce(s.next, s.person) end as person, (((s.begin + 0) / 86400000) + night.value) as day,
  1 as active, s.open, s.begin as began, null as name, null as page, null as properties
from reaching_sessions s
left join sources src on src.id = s.source
cross join json_each(case when ((s.begin + 0) / 86400000) = (((s.begin + s.last) + 0) / 86400000) then '[0]' else '[0,1,2]' end) night on (((s.begin + 0) / 86400000) + night.value) <= (((s.begin + s.last) + 0) / 86400000)
where (((s.begin + 0) / 86400000) + night.value) between 0 and 1
) where active
)
union all
select bucket, d0, person, 0, 1 from (
select bucket, d0, person, label from (
select ((f.time + 0) / 86400000) as bucket, coalesce(nullif(src.channel, ''), 'Direct') as d0, f.person, f.label
from (
select f.*, r.label from facts_events_alone f cross join event_rules_1 r on r.sought = f.name
) f
left join parts s on s.part_person = f.person and s.stretch = f.time / 21600000 and f.time between s.begin and s.bound
left join sources src on src.id = s.source
)
)
)
)
group by bucket, d0, person
)
group by bucket, d0;
