-- guide_time_to_complete in total, with [1]
with guide_facts as (
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
where e.site = ?1 and e.hour >= -49 and e.hour <= 97
  and e.hour * 3600000 + e.at >= -176400000 and e.hour * 3600000 + e.at < 349200000 and e.name in (21, 22, 23, 24)
),
runs as (
select
  person, guide, min(time) as begin,
  max(name = 23) as completed,
  max(name = 24) as dismissed,
  max(case when name = 22 then step else 0 end) as furthest,
  max(steps) as steps,
  min(case when name = 23 then time end) - min(time) as took,
  max(name in (23, 24)) or max(time) + 1800000 < 259200000 as settled
from (
  select *, sum(begins) over (partition by person, guide order by time, id rows unbounded preceding) as run
  from (
    select *, coalesce(time - lag(time) over (partition by person, guide order by time, id) > 1800000, 1) as begins
    from (
      select person, time, id, name, properties->>'guide_id' as guide,
        cast(properties->>'step' as integer) as step,
        max(coalesce(cast(properties->>'step' as integer), 0), coalesce(cast(properties->>'step_count' as integer), 0)) as steps
      from guide_facts
    )
  )
)
group by person, guide, run
having min(time) >= 0 and min(time) < 172800000
)
select * from (
select bucket, took as value,
  row_number() over (partition by bucket order by took) as rank,
  count(*) over (partition by bucket) as n,
  sum(0) over (partition by bucket) as pending
from (
select ((r.begin + 0) / 86400000) as bucket, r.person, r.completed, r.dismissed, r.settled, r.took
from runs r


)
where took is not null
)
where abs(rank - 0.5 * n) <= 1
  or abs(rank - (0.5 * n - 0.98 * sqrt(n))) <= 3
  or abs(rank - (0.5 * n + 0.98 * sqrt(n))) <= 3;

-- guide_time_to_complete by channel, with [1]
with guide_facts as (
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
where e.site = ?1 and e.hour >= -49 and e.hour <= 97
  and e.hour * 3600000 + e.at >= -176400000 and e.hour * 3600000 + e.at < 349200000 and e.name in (21, 22, 23, 24)
),
runs as (
select
  person, guide, min(time) as begin,
  max(name = 23) as completed,
  max(name = 24) as dismissed,
  max(case when name = 22 then step else 0 end) as furthest,
  max(steps) as steps,
  min(case when name = 23 then time end) - min(time) as took,
  max(name in (23, 24)) or max(time) + 1800000 < 259200000 as settled
from (
  select *, sum(begins) over (partition by person, guide order by time, id rows unbounded preceding) as run
  from (
    select *, coalesce(time - lag(time) over (partition by person, guide order by time, id) > 1800000, 1) as begins
    from (
      select person, time, id, name, properties->>'guide_id' as guide,
        cast(properties->>'step' as integer) as step,
        max(coalesce(cast(properties->>'step' as integer), 0), coalesce(cast(properties->>'step_count' as integer), 0)) as steps
      from guide_facts
    )
  )
)
group by person, guide, run
having min(time) >= 0 and min(time) < 172800000
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
select * from (
select bucket, d0, took as value,
  row_number() over (partition by bucket, d0 order by took) as rank,
  count(*) over (partition by bucket, d0) as n,
  sum(0) over (partition by bucket, d0) as pending
from (
select ((r.begin + 0) / 86400000) as bucket, coalesce(nullif(src.channel, ''), 'Direct') as d0, r.person, r.completed, r.dismissed, r.settled, r.took
from runs r
left join parts s on s.part_person = r.person and s.stretch = r.begin / 21600000 and r.begin between s.begin and s.bound
left join sources src on src.id = s.source
)
where took is not null
)
where abs(rank - 0.5 * n) <= 1
  or abs(rank - (0.5 * n - 0.98 * sqrt(n))) <= 3
  or abs(rank - (0.5 * n + 0.98 * sqrt(n))) <= 3;
