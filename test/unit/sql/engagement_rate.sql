-- engagement_rate in total, with [1,"[\"/thanks*\"]","[\"export\"]"]
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
select visitor as person, hour * 3600000 + at as begin, next, duration, cut, seen, views, events, 0 as open
from visits
where site = ?1 and hour >= -49 and hour <= 48 and hour * 3600000 + at >= -176400000 and hour * 3600000 + at < 172800000
),
parts as (
select person as part_person, coalesce(begin + cut - 1, begin + duration + 1800000) as bound, begin / 21600000 as stretch, * from reaching_sessions
union all
select next, coalesce(begin + cut - 1, begin + duration + 1800000), begin / 21600000, * from reaching_sessions where next is not null
union all
select part_person, bound, stretch + 1, person, begin, next, duration, cut, seen, views, events, open from parts where stretch < bound / 21600000
),
holders_1 as (
select distinct s.person as owner, s.begin as owner_begin
from (select person, time from held_facts where coalesce(name in (1001) or (name = 0 and page in (
  select p.id from json_each(?2) r
  cross join pages p where p.site = ?1 and p.path glob r.value
)) or (name = 20 and properties->>'feature' in (select value from json_each(?3))), 0)) f
cross join parts s on s.part_person = f.person and s.stretch = f.time / 21600000 and f.time between s.begin and s.bound
),
sessions as (
select visitor as person, hour * 3600000 + at as begin, next, duration, cut, seen, views, events, 0 as open
from visits
where site = ?1 and hour >= 0 and hour <= 48 and hour * 3600000 + at >= 0 and hour * 3600000 + at < 172800000
)
select bucket,
  sum((1) and ((seen >= 10000 or views >= 2 or (coalesce((events & 218112) != 0 or case when (person, begin) in (select owner, owner_begin from holders_1) then 1 else 0 end, 0))))) as m0_numerator,
  sum(1) as m0_denominator,
  sum((1) and open) as m0_pending
from (
select ((s.begin + 0) / 86400000) as bucket, s.*
from sessions s
)
group by bucket;

-- engagement_rate by channel, with [1,"[\"/thanks*\"]","[\"export\"]"]
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
select visitor as person, hour * 3600000 + at as begin, next, duration, cut, seen, views, events, source, 0 as open
from visits
where site = ?1 and hour >= -49 and hour <= 48 and hour * 3600000 + at >= -176400000 and hour * 3600000 + at < 172800000
),
parts as (
select person as part_person, coalesce(begin + cut - 1, begin + duration + 1800000) as bound, begin / 21600000 as stretch, * from reaching_sessions
union all
select next, coalesce(begin + cut - 1, begin + duration + 1800000), begin / 21600000, * from reaching_sessions where next is not null
union all
select part_person, bound, stretch + 1, person, begin, next, duration, cut, seen, views, events, source, open from parts where stretch < bound / 21600000
),
holders_1 as (
select distinct s.person as owner, s.begin as owner_begin
from (select person, time from held_facts where coalesce(name in (1001) or (name = 0 and page in (
  select p.id from json_each(?2) r
  cross join pages p where p.site = ?1 and p.path glob r.value
)) or (name = 20 and properties->>'feature' in (select value from json_each(?3))), 0)) f
cross join parts s on s.part_person = f.person and s.stretch = f.time / 21600000 and f.time between s.begin and s.bound
),
sessions as (
select visitor as person, hour * 3600000 + at as begin, next, duration, cut, seen, views, events, source, 0 as open
from visits
where site = ?1 and hour >= 0 and hour <= 48 and hour * 3600000 + at >= 0 and hour * 3600000 + at < 172800000
)
select bucket, d0,
  sum((1) and ((seen >= 10000 or views >= 2 or (coalesce((events & 218112) != 0 or case when (person, begin) in (select owner, owner_begin from holders_1) then 1 else 0 end, 0))))) as m0_numerator,
  sum(1) as m0_denominator,
  sum((1) and open) as m0_pending
from (
select ((s.begin + 0) / 86400000) as bucket, coalesce(nullif(src.channel, ''), 'Direct') as d0, s.*
from sessions s
left join sources src on src.id = s.source
)
group by bucket, d0;

-- engagement_rate by page, with [1,"[\"/thanks*\"]","[\"export\"]"]
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
select visitor as person, hour * 3600000 + at as begin, next, duration, cut, seen, views, events, 0 as open
from visits
where site = ?1 and hour >= -49 and hour <= 48 and hour * 3600000 + at >= -176400000 and hour * 3600000 + at < 172800000
),
parts as (
select person as part_person, coalesce(begin + cut - 1, begin + duration + 1800000) as bound, begin / 21600000 as stretch, * from reaching_sessions
union all
select next, coalesce(begin + cut - 1, begin + duration + 1800000), begin / 21600000, * from reaching_sessions where next is not null
union all
select part_person, bound, stretch + 1, person, begin, next, duration, cut, seen, views, events, open from parts where stretch < bound / 21600000
),
holders_1 as (
select distinct s.person as owner, s.begin as owner_begin
from (select person, time from held_facts where coalesce(name in (1001) or (name = 0 and page in (
  select p.id from json_each(?2) r
  cross join pages p where p.site = ?1 and p.path glob r.value
)) or (name = 20 and properties->>'feature' in (select value from json_each(?3))), 0)) f
cross join parts s on s.part_person = f.person and s.stretch = f.time / 21600000 and f.time between s.begin and s.bound
)
select bucket, d0,
  sum((1) and ((seen >= 10000 or views >= 2 or (coalesce((events & 218112) != 0 or case when (person, begin) in (select owner, owner_begin from holders_1) then 1 else 0 end, 0))))) as m0_numerator,
  sum(1) as m0_denominator,
  sum((1) and open) as m0_pending
from (
select ((s.begin + 0) / 86400000) as bucket, coalesce(nullif(pag.path, ''), '(not set)') as d0, s.*
from held_facts f
left join pages pag on pag.id = f.page
cross join parts s on s.part_person = f.person and s.stretch = f.time / 21600000 and f.time between s.begin and s.bound
where s.begin >= 0 and s.begin < 172800000
  and coalesce(nullif(pag.path, ''), '(not set)') is not null
group by s.person, s.begin, d0
)
group by bucket, d0;
