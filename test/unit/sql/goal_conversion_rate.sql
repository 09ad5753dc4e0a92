-- goal_conversion_rate in total, with [1,"[[0,1001]]","[[1,\"/thanks*\"]]","[[2,90]]","[[[0,\"plan\",0,0,[\"pro\"]]],[[1,\"\",0,0,[\"SE\"]]],[]]"]
with reaching_sessions as (
select visitor as person, hour * 3600000 + at as begin, next, last, duration, cut, place, 0 as open
from visits
where site = ?1 and hour >= -49 and hour <= 48 and hour * 3600000 + at >= -176400000 and hour * 3600000 + at < 172800000
),
facts_both_alone as (
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
),
event_rules_1 as (
select value->>0 as label, cast(value->>1 as integer) as sought from json_each(?2)
union all
select * from event_rules_1 where 0
),
page_rules_1 as (
select r.value->>0 as label, p.id as sought from json_each(?3) r
cross join pages p where p.site = ?1 and p.path glob r.value->>1
union all
select * from page_rules_1 where 0
),
parts as (
select person as part_person, coalesce(begin + cut - 1, begin + duration + 1800000) as bound, begin / 21600000 as stretch, * from reaching_sessions
union all
select next, coalesce(begin + cut - 1, begin + duration + 1800000), begin / 21600000, * from reaching_sessions where next is not null
union all
select part_person, bound, stretch + 1, person, begin, next, last, duration, cut, place, open from parts where stretch < bound / 21600000
)
select bucket,
  sum(1.0 * p0_active * p0_reached) as m0_numerator,
  sum(p0_active) as m0_denominator,
  sum(1.0 * p0_active * p0_open) as m0_pending
from (
select bucket, person, max(active) as p0_active, max(reached) as p0_reached, max(open) as p0_open
from (
select bucket, person, active, open, reached from (
select bucket, person, active, open, 0 as reached, null as label from (
select (((s.begin + 0) / 86400000) + night.value) as bucket,
  case night.value when 0 then s.person else coalesce(s.next, s.person) end as person, (((s.begin + 0) / 86400000) + night.value) as day,
  1 as active, s.open, s.begin as began, null as name, null as page, null as properties
from reaching_sessions s
cross join json_each(case when ((s.begin + 0) / 86400000) = (((s.begin + s.last) + 0) / 86400000) then '[0]' else '[0,1,2]' end) night on (((s.begin + 0) / 86400000) + night.value) <= (((s.begin + s.last) + 0) / 86400000)
where (((s.begin + 0) / 86400000) + night.value) between 0 and 1
)
union all
select bucket, person, 0, 0, 1, label from (
select ((f.time + 0) / 86400000) as bucket, f.person, f.label
from (select f.*
from (
select f.*, r.label from facts_both_alone f cross join event_rules_1 r on r.sought = f.name
union all
select f.*, r.label from facts_both_alone f cross join page_rules_1 r on r.sought = f.page and f.name = 0
union all
select f.*, r.label from facts_both_alone f cross join (select value->>0 as label, value->>1 as sought from json_each(?4)) r on f.depth >= r.sought and f.name = 0
) f
left join parts s on s.part_person = f.person and s.stretch = f.time / 21600000 and f.time between s.begin and s.bound
left join places plc on plc.id = s.place
where not exists (
  select 1 from json_each(?5->f.label) need
  where need.value->>3 = exists (
    select 1 from json_each(case need.value->>0 when 0 then json_array((select case p.type when 'true' then 'true' when 'false' then 'false' else cast(p.value as text) end from json_each(f.properties) p where p.key = (need.value->>1)))
      when 1 then json_array(coalesce(nullif(plc.country, ''), '(not set)')) end) own
    cross join json_each(need.value->4) given
    where case need.value->>2
      when 0 then own.value = given.value when 1 then instr(own.value, given.value) > 0 else own.value glob given.value
    end
  )
)) f
)
)
)
group by bucket, person
)
group by bucket;

-- goal_conversion_rate by channel, with [1,"[[0,1001]]","[[1,\"/thanks*\"]]","[[2,90]]","[[[0,\"plan\",0,0,[\"pro\"]]],[[1,\"\",0,0,[\"SE\"]]],[]]"]
with reaching_sessions as (
select visitor as person, hour * 3600000 + at as begin, next, last, duration, cut, source, place, 0 as open
from visits
where site = ?1 and hour >= -49 and hour <= 48 and hour * 3600000 + at >= -176400000 and hour * 3600000 + at < 172800000
),
facts_both_alone as (
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
),
event_rules_1 as (
select value->>0 as label, cast(value->>1 as integer) as sought from json_each(?2)
union all
select * from event_rules_1 where 0
),
page_rules_1 as (
select r.value->>0 as label, p.id as sought from json_each(?3) r
cross join pages p where p.site = ?1 and p.path glob r.value->>1
union all
select * from page_rules_1 where 0
),
parts as (
select person as part_person, coalesce(begin + cut - 1, begin + duration + 1800000) as bound, begin / 21600000 as stretch, * from reaching_sessions
union all
select next, coalesce(begin + cut - 1, begin + duration + 1800000), begin / 21600000, * from reaching_sessions where next is not null
union all
select part_person, bound, stretch + 1, person, begin, next, last, duration, cut, source, place, open from parts where stretch < bound / 21600000
)
select bucket, d0,
  sum(1.0 * p0_active * p0_reached) as m0_numerator,
  sum(p0_active) as m0_denominator,
  sum(1.0 * p0_active * p0_open) as m0_pending
from (
select bucket, d0, person, max(active) as p0_active, max(reached) as p0_reached, max(open) as p0_open
from (
select bucket, d0 as d0, person, active, open, reached from (
select bucket, d0, person, active, open, 0 as reached, null as label from (
select (((s.begin + 0) / 86400000) + night.value) as bucket, coalesce(nullif(src.channel, ''), 'Direct') as d0,
  case night.value when 0 then s.person else coalesce(s.next, s.person) end as person, (((s.begin + 0) / 86400000) + night.value) as day,
  1 as active, s.open, s.begin as began, null as name, null as page, null as properties
from reaching_sessions s
left join sources src on src.id = s.source
cross join json_each(case when ((s.begin + 0) / 86400000) = (((s.begin + s.last) + 0) / 86400000) then '[0]' else '[0,1,2]' end) night on (((s.begin + 0) / 86400000) + night.value) <= (((s.begin + s.last) + 0) / 86400000)
where (((s.begin + 0) / 86400000) + night.value) between 0 and 1
)
union all
select bucket, d0, person, 0, 0, 1, label from (
select ((f.time + 0) / 86400000) as bucket, coalesce(nullif(src.channel, ''), 'Direct') as d0, f.person, f.label
from (select f.*
from (
select f.*, r.label from facts_both_alone f cross join event_rules_1 r on r.sought = f.name
union all
select f.*, r.label from facts_both_alone f cross join page_rules_1 r on r.sought = f.page and f.name = 0
union all
select f.*, r.label from facts_both_alone f cross join (select value->>0 as label, value->>1 as sought from json_each(?4)) r on f.depth >= r.sought and f.name = 0
) f
left join parts s on s.part_person = f.person and s.stretch = f.time / 21600000 and f.time between s.begin and s.bound
left join places plc on plc.id = s.place
where not exists (
  select 1 from json_each(?5->f.label) need
  where need.value->>3 = exists (
    select 1 from json_each(case need.value->>0 when 0 then json_array((select case p.type when 'true' then 'true' when 'false' then 'false' else cast(p.value as text) end from json_each(f.properties) p where p.key = (need.value->>1)))
      when 1 then json_array(coalesce(nullif(plc.country, ''), '(not set)')) end) own
    cross join json_each(need.value->4) given
    where case need.value->>2
      when 0 then own.value = given.value when 1 then instr(own.value, given.value) > 0 else own.value glob given.value
    end
  )
)) f
left join parts s on s.part_person = f.person and s.stretch = f.time / 21600000 and f.time between s.begin and s.bound
left join sources src on src.id = s.source
)
)
)
group by bucket, d0, person
)
group by bucket, d0;

-- goal_conversion_rate by page, with [1,"[[0,1001]]","[[1,\"/thanks*\"]]","[[2,90]]","[[[0,\"plan\",0,0,[\"pro\"]]],[[1,\"\",0,0,[\"SE\"]]],[]]"]
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
select visitor as person, hour * 3600000 + at as begin, next, duration, cut, place, 0 as open
from visits
where site = ?1 and hour >= -49 and hour <= 48 and hour * 3600000 + at >= -176400000 and hour * 3600000 + at < 172800000
),
parts as (
select person as part_person, coalesce(begin + cut - 1, begin + duration + 1800000) as bound, begin / 21600000 as stretch, * from reaching_sessions
union all
select next, coalesce(begin + cut - 1, begin + duration + 1800000), begin / 21600000, * from reaching_sessions where next is not null
union all
select part_person, bound, stretch + 1, person, begin, next, duration, cut, place, open from parts where stretch < bound / 21600000
),
facts_both_alone as (
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
),
event_rules_1 as (
select value->>0 as label, cast(value->>1 as integer) as sought from json_each(?2)
union all
select * from event_rules_1 where 0
),
page_rules_1 as (
select r.value->>0 as label, p.id as sought from json_each(?3) r
cross join pages p where p.site = ?1 and p.path glob r.value->>1
union all
select * from page_rules_1 where 0
)
select bucket, d0,
  sum(1.0 * p0_active * p0_reached) as m0_numerator,
  sum(p0_active) as m0_denominator,
  sum(1.0 * p0_active * p0_open) as m0_pending
from (
select bucket, d0, person, max(active) as p0_active, max(reached) as p0_reached, max(open) as p0_open
from (
select bucket, d0 as d0, person, active, open, reached from (
select bucket, d0, person, active, open, 0 as reached, null as label from (
select ((f.time + 0) / 86400000) as bucket, coalesce(nullif(pag.path, ''), '(not set)') as d0, f.person, ((f.time + 0) / 86400000) as day, f.active, coalesce(s.open, 0) as open, coalesce(s.begin, f.time) as began, f.name, f.page, f.properties
from facts_both f
left join pages pag on pag.id = f.page
left join parts s on s.part_person = f.person and s.stretch = f.time / 21600000 and f.time between s.begin and s.bound
where coalesce(nullif(pag.path, ''), '(not set)') is not null
)
union all
select bucket, d0, person, 0, 0, 1, label from (
select ((f.time + 0) / 86400000) as bucket, coalesce(nullif(pag.path, ''), '(not set)') as d0, f.person, f.label
from (select f.*
from (
select f.*, r.label from facts_both_alone f cross join event_rules_1 r on r.sought = f.name
union all
select f.*, r.label from facts_both_alone f cross join page_rules_1 r on r.sought = f.page and f.name = 0
union all
select f.*, r.label from facts_both_alone f cross join (select value->>0 as label, value->>1 as sought from json_each(?4)) r on f.depth >= r.sought and f.name = 0
) f
left join parts s on s.part_person = f.person and s.stretch = f.time / 21600000 and f.time between s.begin and s.bound
left join places plc on plc.id = s.place
where not exists (
  select 1 from json_each(?5->f.label) need
  where need.value->>3 = exists (
    select 1 from json_each(case need.value->>0 when 0 then json_array((select case p.type when 'true' then 'true' when 'false' then 'false' else cast(p.value as text) end from json_each(f.properties) p where p.key = (need.value->>1)))
      when 1 then json_array(coalesce(nullif(plc.country, ''), '(not set)')) end) own
    cross join json_each(need.value->4) given
    where case need.value->>2
      when 0 then own.value = given.value when 1 then instr(own.value, given.value) > 0 else own.value glob given.value
    end
  )
)) f
left join pages pag on pag.id = f.page
where coalesce(nullif(pag.path, ''), '(not set)') is not null
)
)
)
group by bucket, d0, person
)
group by bucket, d0;
