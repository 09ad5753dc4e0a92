-- product_adoption_rate in total, with [1]
with facts_events_1_alone as (
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
  and e.hour * 3600000 + e.at >= 0 and e.hour * 3600000 + e.at < 172800000 and e.name in (14)
)
select bucket,
  sum(person < 0 and day0 + 29 <= 2 and days >= 3) as m0_numerator,
  sum(person < 0 and day0 + 29 <= 2) as m0_denominator,
  sum(person < 0 and not (day0 + 29 <= 2)) as m0_pending,
  sum(person < 0) as m0_lasting,
  sum(person > 0) as m0_others
from (
select bucket, person, day as day0, days
from (
  select *, coalesce(sum(active) over (
    partition by person order by day range between current row and 29 following
  ), 0) as days
  from (
    select bucket, person, ((min(began) + 0) / 86400000) as day, null as active from (
select ((f.time + 0) / 86400000) as bucket, f.person, f.time as began
from facts_events_1_alone f
    ) group by bucket, person
    union all
    select null, person, day, 1 from (
select distinct case night.value when 0 then s.person else coalesce(s.next, s.person) end as person, (((s.begin + 0) / 86400000) + night.value) as day
from (select visitor as person, hour * 3600000 + at as begin, next, last, 0 as open
from visits
where site = ?1 and hour >= -49 and hour <= 768 and hour * 3600000 + at >= -176400000 and hour * 3600000 + at < 2764800000) s
cross join json_each(case when ((s.begin + 0) / 86400000) = (((s.begin + s.last) + 0) / 86400000) then '[0]' else '[0,1,2]' end) night on (((s.begin + 0) / 86400000) + night.value) <= (((s.begin + s.last) + 0) / 86400000)
where s.person < 0 and (((s.begin + 0) / 86400000) + night.value) between 0 and 31
    )
  )
)
where active is null
)
group by bucket;

-- product_adoption_rate by channel, with [1]
with facts_events_1 as (
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
  and e.hour * 3600000 + e.at >= 0 and e.hour * 3600000 + e.at < 172800000 and e.name in (14)
union all
select * from facts_events_1 where 0
),
reaching_sessions as (
select visitor as person, hour * 3600000 + at as begin, next, duration, cut, source, 0 as open
from visits
where site = ?1 and hour >= -49 and hour <= 48 and hour * 3600000 + at >= -176400000 and hour * 3600000 + at < 172800000
),
parts as (
select person as part_person, coalesce(begin + cut - 1, begin + duration + 1800000) as bound, begin / 21600000 as stretch, * from reaching_sessions
union all
select next, coalesce(begin + cut - 1, begin + duration + 1800000), begin / 21600000, * from reaching_sessions where next is not null
union all
select part_person, bound, stretch + 1, person, begin, next, duration, cut, source, open from parts where stretch < bound / 21600000
)
select bucket, d0,
  sum(person < 0 and day0 + 29 <= 2 and days >= 3) as m0_numerator,
  sum(person < 0 and day0 + 29 <= 2) as m0_denominator,
  sum(person < 0 and not (day0 + 29 <= 2)) as m0_pending,
  sum(person < 0) as m0_lasting,
  sum(person > 0) as m0_others
from (
select bucket, d0, person, day as day0, days
from (
  select *, coalesce(sum(active) over (
    partition by person order by day range between current row and 29 following
  ), 0) as days
  from (
    select bucket, d0, person, ((min(began) + 0) / 86400000) as day, null as active from (
select ((f.time + 0) / 86400000) as bucket, coalesce(nullif(src.channel, ''), 'Direct') as d0, f.person, f.time as began
from facts_events_1 f
left join parts s on s.part_person = f.person and s.stretch = f.time / 21600000 and f.time between s.begin and s.bound
left join sources src on src.id = s.source
    ) group by bucket, d0, person
    union all
    select null, null, person, day, 1 from (
select distinct case night.value when 0 then s.person else coalesce(s.next, s.person) end as person, (((s.begin + 0) / 86400000) + night.value) as day
from (select visitor as person, hour * 3600000 + at as begin, next, last, 0 as open
from visits
where site = ?1 and hour >= -49 and hour <= 768 and hour * 3600000 + at >= -176400000 and hour * 3600000 + at < 2764800000) s
cross join json_each(case when ((s.begin + 0) / 86400000) = (((s.begin + s.last) + 0) / 86400000) then '[0]' else '[0,1,2]' end) night on (((s.begin + 0) / 86400000) + night.value) <= (((s.begin + s.last) + 0) / 86400000)
where s.person < 0 and (((s.begin + 0) / 86400000) + night.value) between 0 and 31
    )
  )
)
where active is null
)
group by bucket, d0;
