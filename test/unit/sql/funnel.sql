-- funnel in total, with [1,"[[1,1001]]","[[0,\"/thanks*\"],[2,\"/*\"]]","[[],[[0,\"\",0,0,[\"SE\"]]],[]]"]
with funnel_facts_1 as (
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
where v.site = ?1 and v.hour >= 0 and v.hour <= 216
  and v.hour * 3600000 + v.at >= 0 and v.hour * 3600000 + v.at < 777600001
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
where e.site = ?1 and e.hour >= 0 and e.hour <= 216
  and e.hour * 3600000 + e.at >= 0 and e.hour * 3600000 + e.at < 777600001
union all
select * from funnel_facts_1 where 0
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
reaching_sessions_0_777600001 as (
select visitor as person, hour * 3600000 + at as begin, next, duration, cut, place, 0 as open
from visits
where site = ?1 and hour >= -49 and hour <= 216 and hour * 3600000 + at >= -176400000 and hour * 3600000 + at < 777600001
),
parts_0_777600001 as (
select person as part_person, coalesce(begin + cut - 1, begin + duration + 1800000) as bound, begin / 21600000 as stretch, * from reaching_sessions_0_777600001
union all
select next, coalesce(begin + cut - 1, begin + duration + 1800000), begin / 21600000, * from reaching_sessions_0_777600001 where next is not null
union all
select part_person, bound, stretch + 1, person, begin, next, duration, cut, place, open from parts_0_777600001 where stretch < bound / 21600000
),
funnel_steps_1 as (
select f.*, f.person as unit, 0 as begun from (select f.*
from (
select f.*, r.label from funnel_facts_1 f cross join event_rules_1 r on r.sought = f.name
union all
select f.*, r.label from funnel_facts_1 f cross join page_rules_1 r on r.sought = f.page and f.name = 0
) f
left join parts_0_777600001 s on s.part_person = f.person and s.stretch = f.time / 21600000 and f.time between s.begin and s.bound
left join places plc on plc.id = s.place
where not exists (
  select 1 from json_each(?4->f.label) need
  where need.value->>3 = exists (
    select 1 from json_each(case need.value->>0 when 0 then json_array(coalesce(nullif(plc.country, ''), '(not set)')) end) own
    cross join json_each(need.value->4) given
    where case need.value->>2
      when 0 then own.value = given.value when 1 then instr(own.value, given.value) > 0 else own.value glob given.value
    end
  )
)) f
union all
select * from funnel_steps_1 where 0
),
funnel_starts_1 as (
select ((f.time + 0) / 86400000) as bucket, f.unit, f.begun, 0 as open, f.time
from funnel_steps_1 f
where f.label = 0
  and f.time >= 0 and f.time < 172800000
)
select bucket,
  sum(step = 2) as m0_numerator,
  sum(step = 0) as m0_denominator,
  sum(waiting) as m0_pending,
  sum(lost) as m0_not_followed,
  sum(step = 0) as m0_reached0,
  avg(case when step = 0 and place in ((n + 1) / 2, (n + 2) / 2) then took end) as m0_median0,
  sum(step = 1) as m0_reached1,
  avg(case when step = 1 and place in ((n + 1) / 2, (n + 2) / 2) then took end) as m0_median1,
  sum(step = 2) as m0_reached2,
  avg(case when step = 2 and place in ((n + 1) / 2, (n + 2) / 2) then took end) as m0_median2
from (
select bucket, unit as person, step, took, waiting, lost,
  row_number() over (partition by bucket, step order by took) as place, count(*) over (partition by bucket, step) as n
from (
select bucket, unit, one.value as step,
  case one.value when 0 then 0 when 1 then t1 when 2 then t2 end as took,
  one.value = 0 and t2 is null and iif(unit < 0, latest + 604800000 >= 259200000, not (unit > 0 and ((latest + 0) / 86400000) <= 2)) as waiting, one.value = 0 and t2 is null and unit > 0 and ((latest + 0) / 86400000) <= 2 as lost
from (
select bucket, unit, begun, max(open) as open, max(time) as latest,
  min(case when t1 <= 604800000 then t1 end) as t1, min(case when t2 <= 604800000 then t2 end) as t2
from (
select bucket, unit, begun, open, time, k, e1 - time as t1, e2 - time as t2 from (
select bucket, unit, begun, open, time, k, case when k = 0 then min(case when k = 1 then e1 end) over onward else e1 end as e1, case when k = 0 then min(case when k = 1 then e2 end) over onward else e2 end as e2 from (
select bucket, unit, begun, open, time, k, e1, case when k = 1 then min(case when k = 2 then e2 end) over onward else e2 end as e2 from (
select bucket, unit, begun, open, time, k, case when k = 1 then time end as e1, case when k = 2 then time end as e2 from (
select *, 0 as k from funnel_starts_1
union all
select null as bucket, unit, begun, 0 as open, time, label from funnel_steps_1 where label > 0 and case when (unit, begun) in (select unit, begun from funnel_starts_1) then 1 else 0 end
)
)
window onward as (partition by unit, begun order by time desc range between unbounded preceding and 1 preceding)
)
window onward as (partition by unit, begun order by time desc range between unbounded preceding and 1 preceding)
) where k = 0
)
group by bucket, unit, begun
)
cross join json_each('[0,1,2]') one
)
where took is not null
)
group by bucket;

-- funnel by channel, with [1,"[[1,1001]]","[[0,\"/thanks*\"],[2,\"/*\"]]","[[],[[0,\"\",0,0,[\"SE\"]]],[]]"]
with funnel_facts_1 as (
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
where v.site = ?1 and v.hour >= 0 and v.hour <= 216
  and v.hour * 3600000 + v.at >= 0 and v.hour * 3600000 + v.at < 777600001
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
where e.site = ?1 and e.hour >= 0 and e.hour <= 216
  and e.hour * 3600000 + e.at >= 0 and e.hour * 3600000 + e.at < 777600001
union all
select * from funnel_facts_1 where 0
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
reaching_sessions_0_777600001 as (
select visitor as person, hour * 3600000 + at as begin, next, duration, cut, source, place, 0 as open
from visits
where site = ?1 and hour >= -49 and hour <= 216 and hour * 3600000 + at >= -176400000 and hour * 3600000 + at < 777600001
),
parts_0_777600001 as (
select person as part_person, coalesce(begin + cut - 1, begin + duration + 1800000) as bound, begin / 21600000 as stretch, * from reaching_sessions_0_777600001
union all
select next, coalesce(begin + cut - 1, begin + duration + 1800000), begin / 21600000, * from reaching_sessions_0_777600001 where next is not null
union all
select part_person, bound, stretch + 1, person, begin, next, duration, cut, source, place, open from parts_0_777600001 where stretch < bound / 21600000
),
funnel_steps_1 as (
select f.*, f.person as unit, 0 as begun from (select f.*
from (
select f.*, r.label from funnel_facts_1 f cross join event_rules_1 r on r.sought = f.name
union all
select f.*, r.label from funnel_facts_1 f cross join page_rules_1 r on r.sought = f.page and f.name = 0
) f
left join parts_0_777600001 s on s.part_person = f.person and s.stretch = f.time / 21600000 and f.time between s.begin and s.bound
left join places plc on plc.id = s.place
where not exists (
  select 1 from json_each(?4->f.label) need
  where need.value->>3 = exists (
    select 1 from json_each(case need.value->>0 when 0 then json_array(coalesce(nullif(plc.country, ''), '(not set)')) end) own
    cross join json_each(need.value->4) given
    where case need.value->>2
      when 0 then own.value = given.value when 1 then instr(own.value, given.value) > 0 else own.value glob given.value
    end
  )
)) f
union all
select * from funnel_steps_1 where 0
),
reaching_sessions as (
select visitor as person, hour * 3600000 + at as begin, next, duration, cut, source, place, 0 as open
from visits
where site = ?1 and hour >= -49 and hour <= 48 and hour * 3600000 + at >= -176400000 and hour * 3600000 + at < 172800000
),
parts as (
select person as part_person, coalesce(begin + cut - 1, begin + duration + 1800000) as bound, begin / 21600000 as stretch, * from reaching_sessions
union all
select next, coalesce(begin + cut - 1, begin + duration + 1800000), begin / 21600000, * from reaching_sessions where next is not null
union all
select part_person, bound, stretch + 1, person, begin, next, duration, cut, source, place, open from parts where stretch < bound / 21600000
),
funnel_starts_1 as (
select ((f.time + 0) / 86400000) as bucket, coalesce(nullif(src.channel, ''), 'Direct') as d0, f.unit, f.begun, 0 as open, f.time
from funnel_steps_1 f
left join parts s on s.part_person = f.person and s.stretch = f.time / 21600000 and f.time between s.begin and s.bound
left join sources src on src.id = s.source
where f.label = 0
  and f.time >= 0 and f.time < 172800000
)
select bucket, d0,
  sum(step = 2) as m0_numerator,
  sum(step = 0) as m0_denominator,
  sum(waiting) as m0_pending,
  sum(lost) as m0_not_followed,
  sum(step = 0) as m0_reached0,
  avg(case when step = 0 and place in ((n + 1) / 2, (n + 2) / 2) then took end) as m0_median0,
  sum(step = 1) as m0_reached1,
  avg(case when step = 1 and place in ((n + 1) / 2, (n + 2) / 2) then took end) as m0_median1,
  sum(step = 2) as m0_reached2,
  avg(case when step = 2 and place in ((n + 1) / 2, (n + 2) / 2) then took end) as m0_median2
from (
select bucket, d0, unit as person, step, took, waiting, lost,
  row_number() over (partition by bucket, d0, step order by took) as place, count(*) over (partition by bucket, d0, step) as n
from (
select bucket, d0, unit, one.value as step,
  case one.value when 0 then 0 when 1 then t1 when 2 then t2 end as took,
  one.value = 0 and t2 is null and iif(unit < 0, latest + 604800000 >= 259200000, not (unit > 0 and ((latest + 0) / 86400000) <= 2)) as waiting, one.value = 0 and t2 is null and unit > 0 and ((latest + 0) / 86400000) <= 2 as lost
from (
select bucket, d0, unit, begun, max(open) as open, max(time) as latest,
  min(case when t1 <= 604800000 then t1 end) as t1, min(case when t2 <= 604800000 then t2 end) as t2
from (
select bucket, d0, unit, begun, open, time, k, e1 - time as t1, e2 - time as t2 from (
select bucket, d0, unit, begun, open, time, k, case when k = 0 then min(case when k = 1 then e1 end) over onward else e1 end as e1, case when k = 0 then min(case when k = 1 then e2 end) over onward else e2 end as e2 from (
select bucket, d0, unit, begun, open, time, k, e1, case when k = 1 then min(case when k = 2 then e2 end) over onward else e2 end as e2 from (
select bucket, d0, unit, begun, open, time, k, case when k = 1 then time end as e1, case when k = 2 then time end as e2 from (
select *, 0 as k from funnel_starts_1
union all
select null as bucket, null as d0, unit, begun, 0 as open, time, label from funnel_steps_1 where label > 0 and case when (unit, begun) in (select unit, begun from funnel_starts_1) then 1 else 0 end
)
)
window onward as (partition by unit, begun order by time desc range between unbounded preceding and 1 preceding)
)
window onward as (partition by unit, begun order by time desc range between unbounded preceding and 1 preceding)
) where k = 0
)
group by bucket, d0, unit, begun
)
cross join json_each('[0,1,2]') one
)
where took is not null
)
group by bucket, d0;

-- funnel by page, with [1,"[[1,1001]]","[[0,\"/thanks*\"],[2,\"/*\"]]","[[],[[0,\"\",0,0,[\"SE\"]]],[]]"]
with funnel_facts_1 as (
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
where v.site = ?1 and v.hour >= 0 and v.hour <= 216
  and v.hour * 3600000 + v.at >= 0 and v.hour * 3600000 + v.at < 777600001
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
where e.site = ?1 and e.hour >= 0 and e.hour <= 216
  and e.hour * 3600000 + e.at >= 0 and e.hour * 3600000 + e.at < 777600001
union all
select * from funnel_facts_1 where 0
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
reaching_sessions_0_777600001 as (
select visitor as person, hour * 3600000 + at as begin, next, duration, cut, place, 0 as open
from visits
where site = ?1 and hour >= -49 and hour <= 216 and hour * 3600000 + at >= -176400000 and hour * 3600000 + at < 777600001
),
parts_0_777600001 as (
select person as part_person, coalesce(begin + cut - 1, begin + duration + 1800000) as bound, begin / 21600000 as stretch, * from reaching_sessions_0_777600001
union all
select next, coalesce(begin + cut - 1, begin + duration + 1800000), begin / 21600000, * from reaching_sessions_0_777600001 where next is not null
union all
select part_person, bound, stretch + 1, person, begin, next, duration, cut, place, open from parts_0_777600001 where stretch < bound / 21600000
),
funnel_steps_1 as (
select f.*, f.person as unit, 0 as begun from (select f.*
from (
select f.*, r.label from funnel_facts_1 f cross join event_rules_1 r on r.sought = f.name
union all
select f.*, r.label from funnel_facts_1 f cross join page_rules_1 r on r.sought = f.page and f.name = 0
) f
left join parts_0_777600001 s on s.part_person = f.person and s.stretch = f.time / 21600000 and f.time between s.begin and s.bound
left join places plc on plc.id = s.place
where not exists (
  select 1 from json_each(?4->f.label) need
  where need.value->>3 = exists (
    select 1 from json_each(case need.value->>0 when 0 then json_array(coalesce(nullif(plc.country, ''), '(not set)')) end) own
    cross join json_each(need.value->4) given
    where case need.value->>2
      when 0 then own.value = given.value when 1 then instr(own.value, given.value) > 0 else own.value glob given.value
    end
  )
)) f
union all
select * from funnel_steps_1 where 0
),
funnel_starts_1 as (
select ((f.time + 0) / 86400000) as bucket, coalesce(nullif(pag.path, ''), '(not set)') as d0, f.unit, f.begun, 0 as open, f.time
from funnel_steps_1 f
left join pages pag on pag.id = f.page
where f.label = 0
  and f.time >= 0 and f.time < 172800000
  and coalesce(nullif(pag.path, ''), '(not set)') is not null
)
select bucket, d0,
  sum(step = 2) as m0_numerator,
  sum(step = 0) as m0_denominator,
  sum(waiting) as m0_pending,
  sum(lost) as m0_not_followed,
  sum(step = 0) as m0_reached0,
  avg(case when step = 0 and place in ((n + 1) / 2, (n + 2) / 2) then took end) as m0_median0,
  sum(step = 1) as m0_reached1,
  avg(case when step = 1 and place in ((n + 1) / 2, (n + 2) / 2) then took end) as m0_median1,
  sum(step = 2) as m0_reached2,
  avg(case when step = 2 and place in ((n + 1) / 2, (n + 2) / 2) then took end) as m0_median2
from (
select bucket, d0, unit as person, step, took, waiting, lost,
  row_number() over (partition by bucket, d0, step order by took) as place, count(*) over (partition by bucket, d0, step) as n
from (
select bucket, d0, unit, one.value as step,
  case one.value when 0 then 0 when 1 then t1 when 2 then t2 end as took,
  one.value = 0 and t2 is null and iif(unit < 0, latest + 604800000 >= 259200000, not (unit > 0 and ((latest + 0) / 86400000) <= 2)) as waiting, one.value = 0 and t2 is null and unit > 0 and ((latest + 0) / 86400000) <= 2 as lost
from (
select bucket, d0, unit, begun, max(open) as open, max(time) as latest,
  min(case when t1 <= 604800000 then t1 end) as t1, min(case when t2 <= 604800000 then t2 end) as t2
from (
select bucket, d0, unit, begun, open, time, k, e1 - time as t1, e2 - time as t2 from (
select bucket, d0, unit, begun, open, time, k, case when k = 0 then min(case when k = 1 then e1 end) over onward else e1 end as e1, case when k = 0 then min(case when k = 1 then e2 end) over onward else e2 end as e2 from (
select bucket, d0, unit, begun, open, time, k, e1, case when k = 1 then min(case when k = 2 then e2 end) over onward else e2 end as e2 from (
select bucket, d0, unit, begun, open, time, k, case when k = 1 then time end as e1, case when k = 2 then time end as e2 from (
select *, 0 as k from funnel_starts_1
union all
select null as bucket, null as d0, unit, begun, 0 as open, time, label from funnel_steps_1 where label > 0 and case when (unit, begun) in (select unit, begun from funnel_starts_1) then 1 else 0 end
)
)
window onward as (partition by unit, begun order by time desc range between unbounded preceding and 1 preceding)
)
window onward as (partition by unit, begun order by time desc range between unbounded preceding and 1 preceding)
) where k = 0
)
group by bucket, d0, unit, begun
)
cross join json_each('[0,1,2]') one
)
where took is not null
)
group by bucket, d0;
