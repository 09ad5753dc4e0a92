-- engagement_score in total, with ["{\"b0\":1,\"b1\":1}",1,"[\"/thanks*\"]","[\"export\"]","[[\"Chat\",1001]]"]
with reaching_sessions as (
select visitor as person, hour * 3600000 + at as begin, next, last, duration, cut, seen, views, events, 0 as open
from visits
where site = ?2 and hour >= -49 and hour <= 48 and hour * 3600000 + at >= -176400000 and hour * 3600000 + at < 172800000
),
held_facts as (
select coalesce((
    select coalesce((
      select u.user from identities u
      where u.site = i.site and u.visitor = i.user
      order by u.since <= (v.hour * 3600000 + v.at) desc, case when u.since <= (v.hour * 3600000 + v.at) then -u.since else u.since end, u.user
    limit 1
    ), i.user)
    from identities i
    where i.site = ?2 and i.visitor = v.visitor
    order by i.since <= (v.hour * 3600000 + v.at) desc, case when i.since <= (v.hour * 3600000 + v.at) then -i.since else i.since end, i.user
    limit 1
  ), v.visitor) as person, v.hour * 3600000 + v.at as time, v.id, 0 as name, 1 as active, v.page, v.seen,
  nullif(v.depth, -1) as depth, nullif(v.clicks, -1) as clicks,
  null as currency, null as value, null as transaction_id, null as items, null as properties
from views v
where v.site = ?2 and v.hour >= 0 and v.hour <= 97
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
    where i.site = ?2 and i.visitor = e.visitor
    order by i.since <= (e.hour * 3600000 + e.at) desc, case when i.since <= (e.hour * 3600000 + e.at) then -i.since else i.since end, i.user
    limit 1
  ), e.visitor) as person, e.hour * 3600000 + e.at as time, e.id, e.name as name, e.active, e.page, 0 as seen, null as depth, null as clicks,
  e.currency, e.value, e.transaction_id, e.items, e.properties
from events e
where e.site = ?2 and e.hour >= 0 and e.hour <= 97
  and e.hour * 3600000 + e.at >= 0 and e.hour * 3600000 + e.at < 349200000
union all
select * from held_facts where 0
),
parts as (
select person as part_person, coalesce(begin + cut - 1, begin + duration + 1800000) as bound, begin / 21600000 as stretch, * from reaching_sessions
union all
select next, coalesce(begin + cut - 1, begin + duration + 1800000), begin / 21600000, * from reaching_sessions where next is not null
union all
select part_person, bound, stretch + 1, person, begin, next, last, duration, cut, seen, views, events, open from parts where stretch < bound / 21600000
),
holders_1 as (
select distinct s.person as owner, s.begin as owner_begin
from (select person, time from held_facts where coalesce(name in (1001) or (name = 0 and page in (
  select p.id from json_each(?3) r
  cross join pages p where p.site = ?2 and p.path glob r.value
)) or (name = 20 and properties->>'feature' in (select value from json_each(?4))), 0)) f
cross join parts s on s.part_person = f.person and s.stretch = f.time / 21600000 and f.time between s.begin and s.bound
),
sessions as (
select visitor as person, hour * 3600000 + at as begin, next, last, duration, cut, seen, views, events, 0 as open
from visits
where site = ?2 and hour >= 0 and hour <= 48 and hour * 3600000 + at >= 0 and hour * 3600000 + at < 172800000
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
    where i.site = ?2 and i.visitor = e.visitor
    order by i.since <= (e.hour * 3600000 + e.at) desc, case when i.since <= (e.hour * 3600000 + e.at) then -i.since else i.since end, i.user
    limit 1
  ), e.visitor) as person, e.hour * 3600000 + e.at as time, e.id, e.name as name, e.active, e.page, 0 as seen, null as depth, null as clicks,
  e.currency, e.value, e.transaction_id, e.items, e.properties
from events e
where e.site = ?2 and e.hour >= 0 and e.hour <= 48
  and e.hour * 3600000 + e.at >= 0 and e.hour * 3600000 + e.at < 172800000
),
event_rules_1 as (
select value->>0 as label, cast(value->>1 as integer) as sought from json_each(?5)
union all
select * from event_rules_1 where 0
)
select bucket,
  sum(p0_counted) as m0_n,
  sum(case when p0_counted then p0_score end) as m0_x,
  sum(case when p0_counted then p0_score * p0_score end) as m0_xx,
  sum(p0_counted and p0_score <= p0_own) as m0_below,
  sum(case when p0_counted then p0_part_days end) as m0_days,
  sum(case when p0_counted then p0_part_engagement end) as m0_engagement,
  sum(case when p0_counted then p0_part_features end) as m0_features,
  sum(p0_counted) as m0_lasting,
  sum(person > 0) as m0_others
from (
select bucket, person, person < 0 and sum(session) > 0 as p0_counted, ((1.0 * count(distinct day) / max(days) + 1.0 * sum(engaged) / sum(session) + 1.0 * count(distinct feature) / 1) / 3) as p0_score, max(case when person = 0 then ((1.0 * count(distinct day) / max(days) + 1.0 * sum(engaged) / sum(session) + 1.0 * count(distinct feature) / 1) / 3) end) over (partition by bucket) as p0_own, 1.0 * count(distinct day) / max(days) as p0_part_days, 1.0 * sum(engaged) / sum(session) as p0_part_engagement, 1.0 * count(distinct feature) / 1 as p0_part_features
from (
select *, (?1 ->> ('b' || bucket)) as days from (
select bucket, person, day, 0 as session, 0 as engaged, null as feature from (
select (((s.begin + 0) / 86400000) + night.value) as bucket,
  case night.value when 0 then s.person else coalesce(s.next, s.person) end as person, (((s.begin + 0) / 86400000) + night.value) as day,
  1 as active, s.open, s.begin as began, null as name, null as page, null as properties
from reaching_sessions s
cross join json_each(case when ((s.begin + 0) / 86400000) = (((s.begin + s.last) + 0) / 86400000) then '[0]' else '[0,1,2]' end) night on (((s.begin + 0) / 86400000) + night.value) <= (((s.begin + s.last) + 0) / 86400000)
where (((s.begin + 0) / 86400000) + night.value) between 0 and 1
)
union all
select bucket, person, null, 1, (seen >= 10000 or views >= 2 or (coalesce((events & 218112) != 0 or case when (person, begin) in (select owner, owner_begin from holders_1) then 1 else 0 end, 0))), null from (
select ((s.begin + 0) / 86400000) as bucket, s.*
from sessions s
)
union all
select bucket, person, null, 0, 0, label from (
select ((f.time + 0) / 86400000) as bucket, f.person, f.label
from (
select f.*, r.label from facts_events_alone f cross join event_rules_1 r on r.sought = f.name
) f
)
)
)
group by bucket, person
)
group by bucket;

-- engagement_score by channel, with ["{\"b0\":1,\"b1\":1}",1,"[\"/thanks*\"]","[\"export\"]","[[\"Chat\",1001]]"]
with reaching_sessions as (
select visitor as person, hour * 3600000 + at as begin, next, last, duration, cut, seen, views, events, source, 0 as open
from visits
where site = ?2 and hour >= -49 and hour <= 48 and hour * 3600000 + at >= -176400000 and hour * 3600000 + at < 172800000
),
held_facts as (
select coalesce((
    select coalesce((
      select u.user from identities u
      where u.site = i.site and u.visitor = i.user
      order by u.since <= (v.hour * 3600000 + v.at) desc, case when u.since <= (v.hour * 3600000 + v.at) then -u.since else u.since end, u.user
    limit 1
    ), i.user)
    from identities i
    where i.site = ?2 and i.visitor = v.visitor
    order by i.since <= (v.hour * 3600000 + v.at) desc, case when i.since <= (v.hour * 3600000 + v.at) then -i.since else i.since end, i.user
    limit 1
  ), v.visitor) as person, v.hour * 3600000 + v.at as time, v.id, 0 as name, 1 as active, v.page, v.seen,
  nullif(v.depth, -1) as depth, nullif(v.clicks, -1) as clicks,
  null as currency, null as value, null as transaction_id, null as items, null as properties
from views v
where v.site = ?2 and v.hour >= 0 and v.hour <= 97
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
    where i.site = ?2 and i.visitor = e.visitor
    order by i.since <= (e.hour * 3600000 + e.at) desc, case when i.since <= (e.hour * 3600000 + e.at) then -i.since else i.since end, i.user
    limit 1
  ), e.visitor) as person, e.hour * 3600000 + e.at as time, e.id, e.name as name, e.active, e.page, 0 as seen, null as depth, null as clicks,
  e.currency, e.value, e.transaction_id, e.items, e.properties
from events e
where e.site = ?2 and e.hour >= 0 and e.hour <= 97
  and e.hour * 3600000 + e.at >= 0 and e.hour * 3600000 + e.at < 349200000
union all
select * from held_facts where 0
),
parts as (
select person as part_person, coalesce(begin + cut - 1, begin + duration + 1800000) as bound, begin / 21600000 as stretch, * from reaching_sessions
union all
select next, coalesce(begin + cut - 1, begin + duration + 1800000), begin / 21600000, * from reaching_sessions where next is not null
union all
select part_person, bound, stretch + 1, person, begin, next, last, duration, cut, seen, views, events, source, open from parts where stretch < bound / 21600000
),
holders_1 as (
select distinct s.person as owner, s.begin as owner_begin
from (select person, time from held_facts where coalesce(name in (1001) or (name = 0 and page in (
  select p.id from json_each(?3) r
  cross join pages p where p.site = ?2 and p.path glob r.value
)) or (name = 20 and properties->>'feature' in (select value from json_each(?4))), 0)) f
cross join parts s on s.part_person = f.person and s.stretch = f.time / 21600000 and f.time between s.begin and s.bound
),
sessions as (
select visitor as person, hour * 3600000 + at as begin, next, last, duration, cut, seen, views, events, source, 0 as open
from visits
where site = ?2 and hour >= 0 and hour <= 48 and hour * 3600000 + at >= 0 and hour * 3600000 + at < 172800000
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
    where i.site = ?2 and i.visitor = e.visitor
    order by i.since <= (e.hour * 3600000 + e.at) desc, case when i.since <= (e.hour * 3600000 + e.at) then -i.since else i.since end, i.user
    limit 1
  ), e.visitor) as person, e.hour * 3600000 + e.at as time, e.id, e.name as name, e.active, e.page, 0 as seen, null as depth, null as clicks,
  e.currency, e.value, e.transaction_id, e.items, e.properties
from events e
where e.site = ?2 and e.hour >= 0 and e.hour <= 48
  and e.hour * 3600000 + e.at >= 0 and e.hour * 3600000 + e.at < 172800000
),
event_rules_1 as (
select value->>0 as label, cast(value->>1 as integer) as sought from json_each(?5)
union all
select * from event_rules_1 where 0
)
select bucket, d0,
  sum(p0_counted) as m0_n,
  sum(case when p0_counted then p0_score end) as m0_x,
  sum(case when p0_counted then p0_score * p0_score end) as m0_xx,
  sum(p0_counted and p0_score <= p0_own) as m0_below,
  sum(case when p0_counted then p0_part_days end) as m0_days,
  sum(case when p0_counted then p0_part_engagement end) as m0_engagement,
  sum(case when p0_counted then p0_part_features end) as m0_features,
  sum(p0_counted) as m0_lasting,
  sum(person > 0) as m0_others
from (
select bucket, d0, person, person < 0 and sum(session) > 0 as p0_counted, ((1.0 * count(distinct day) / max(days) + 1.0 * sum(engaged) / sum(session) + 1.0 * count(distinct feature) / 1) / 3) as p0_score, max(case when person = 0 then ((1.0 * count(distinct day) / max(days) + 1.0 * sum(engaged) / sum(session) + 1.0 * count(distinct feature) / 1) / 3) end) over (partition by bucket, d0) as p0_own, 1.0 * count(distinct day) / max(days) as p0_part_days, 1.0 * sum(engaged) / sum(session) as p0_part_engagement, 1.0 * count(distinct feature) / 1 as p0_part_features
from (
select *, (?1 ->> ('b' || bucket)) as days from (
select bucket, d0, person, day, 0 as session, 0 as engaged, null as feature from (
select (((s.begin + 0) / 86400000) + night.value) as bucket, coalesce(nullif(src.channel, ''), 'Direct') as d0,
  case night.value when 0 then s.person else coalesce(s.next, s.person) end as person, (((s.begin + 0) / 86400000) + night.value) as day,
  1 as active, s.open, s.begin as began, null as name, null as page, null as properties
from reaching_sessions s
left join sources src on src.id = s.source
cross join json_each(case when ((s.begin + 0) / 86400000) = (((s.begin + s.last) + 0) / 86400000) then '[0]' else '[0,1,2]' end) night on (((s.begin + 0) / 86400000) + night.value) <= (((s.begin + s.last) + 0) / 86400000)
where (((s.begin + 0) / 86400000) + night.value) between 0 and 1
)
union all
select bucket, d0, person, null, 1, (seen >= 10000 or views >= 2 or (coalesce((events & 218112) != 0 or case when (person, begin) in (select owner, owner_begin from holders_1) then 1 else 0 end, 0))), null from (
select ((s.begin + 0) / 86400000) as bucket, coalesce(nullif(src.channel, ''), 'Direct') as d0, s.*
from sessions s
left join sources src on src.id = s.source
)
union all
select bucket, d0, person, null, 0, 0, label from (
select ((f.time + 0) / 86400000) as bucket, coalesce(nullif(src.channel, ''), 'Direct') as d0, f.person, f.label
from (
select f.*, r.label from facts_events_alone f cross join event_rules_1 r on r.sought = f.name
) f
left join parts s on s.part_person = f.person and s.stretch = f.time / 21600000 and f.time between s.begin and s.bound
left join sources src on src.id = s.source
)
)
)
group by bucket, d0, person
)
group by bucket, d0;
