-- paths in total, with [1]
with held_facts as (
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
where v.site = ?1 and v.hour >= 0 and v.hour <= 97
  and v.hour * 3600000 + v.at >= 0 and v.hour * 3600000 + v.at < 349200000
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
where e.site = ?1 and e.hour >= 0 and e.hour <= 97
  and e.hour * 3600000 + e.at >= 0 and e.hour * 3600000 + e.at < 349200000
union all
select * from held_facts where 0
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
select * from (
select bucket, step, name, count(*) as sessions, sum(count(*)) over (partition by bucket, step) as reached,
  row_number() over (partition by bucket, step order by count(*) desc, name) as place
from (
select bucket, person, step, name from (
select bucket, person, iif(is_first, '', name) as name,
  iif(is_first, 0, row_number() over (partition by person, began, is_first order by time, id)) as step
from (
select *, is_beginning and beginnings = 1 as is_first from (
select *,
  sum(is_beginning) over (partition by person, began order by time, id rows unbounded preceding) as beginnings,
  max(is_beginning) over (partition by person, began) as has_path
from (
select ((s.begin + 0) / 86400000) as bucket, s.person, s.begin as began, f.time, f.id,
  case when f.name = 0 then coalesce(nullif(pag.path, ''), '(not set)') end as name, 0 as is_beginning
from held_facts f
left join pages pag on pag.id = f.page
left join names nam on nam.id = f.name - 1000
cross join parts s on s.part_person = f.person and s.stretch = f.time / 21600000 and f.time between s.begin and s.bound
where s.begin >= 0 and s.begin < 172800000
  and (0 or case when f.name = 0 then coalesce(nullif(pag.path, ''), '(not set)') end is not null)
)
)
)
where has_path and (is_first or (name is not null and beginnings > 0))
)
where step <= 3
)
group by bucket, step, name
)
where place <= 20;

-- paths by channel, with [1]
with held_facts as (
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
where v.site = ?1 and v.hour >= 0 and v.hour <= 97
  and v.hour * 3600000 + v.at >= 0 and v.hour * 3600000 + v.at < 349200000
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
where e.site = ?1 and e.hour >= 0 and e.hour <= 97
  and e.hour * 3600000 + e.at >= 0 and e.hour * 3600000 + e.at < 349200000
union all
select * from held_facts where 0
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
select bucket, d0, step, name, count(*) as sessions, sum(count(*)) over (partition by bucket, d0, step) as reached,
  row_number() over (partition by bucket, d0, step order by count(*) desc, name) as place
from (
select bucket, d0, person, step, name from (
select bucket, d0, person, iif(is_first, '', name) as name,
  iif(is_first, 0, row_number() over (partition by person, began, d0, is_first order by time, id)) as step
from (
select *, is_beginning and beginnings = 1 as is_first from (
select *,
  sum(is_beginning) over (partition by person, began, d0 order by time, id rows unbounded preceding) as beginnings,
  max(is_beginning) over (partition by person, began, d0) as has_path
from (
select ((s.begin + 0) / 86400000) as bucket, coalesce(nullif(src.channel, ''), 'Direct') as d0, s.person, s.begin as began, f.time, f.id,
  case when f.name = 0 then coalesce(nullif(pag.path, ''), '(not set)') end as name, 0 as is_beginning
from held_facts f
left join pages pag on pag.id = f.page
left join names nam on nam.id = f.name - 1000
cross join parts s on s.part_person = f.person and s.stretch = f.time / 21600000 and f.time between s.begin and s.bound
left join sources src on src.id = s.source
where s.begin >= 0 and s.begin < 172800000
  and (0 or case when f.name = 0 then coalesce(nullif(pag.path, ''), '(not set)') end is not null)
)
)
)
where has_path and (is_first or (name is not null and beginnings > 0))
)
where step <= 3
)
group by bucket, d0, step, name
)
where place <= 20;
