-- lifecycle in total, with [1,"[[0,0,0,-1,0],[1,1,1,0,86400000]]"]
with firsts as (
select visitor, min(begin) as first from (
select visitor, hour * 3600000 + at as begin
from visits
where site = ?1 and visitor < 0
) group by visitor
union all
select * from firsts where 0
),
reaching_sessions as (
select visitor as person, hour * 3600000 + at as begin, next, last, 0 as open
from visits
where site = ?1 and hour >= -49 and hour <= 48 and hour * 3600000 + at >= -176400000 and hour * 3600000 + at < 172800000
)
select bucket,
  sum(person < 0 and during and fresh) as m0_new,
  sum(person < 0 and during and not fresh and earlier) as m0_returning,
  sum(person < 0 and during and not fresh and not earlier) as m0_resurrected,
  sum(person < 0 and earlier and not during) as m0_dormant,
  sum(person < 0 and during) as m0_count,
  sum(person < 0) as m0_lasting,
  sum(person > 0) as m0_others
from (
select r.bucket, r.person, r.during, r.earlier, known.first >= r.began as fresh
from (
  select span.value->>0 as bucket, person, span.value->>4 as began,
    max(day >= span.value->>1) as during, max(day < span.value->>1) as earlier
  from (
select distinct case night.value when 0 then s.person else coalesce(s.next, s.person) end as person, (((s.begin + 0) / 86400000) + night.value) as day
from (select visitor as person, hour * 3600000 + at as begin, next, last, 0 as open
from visits
where site = ?1 and hour >= -73 and hour <= 48 and hour * 3600000 + at >= -262800000 and hour * 3600000 + at < 172800000) s
cross join json_each(case when ((s.begin + 0) / 86400000) = (((s.begin + s.last) + 0) / 86400000) then '[0]' else '[0,1,2]' end) night on (((s.begin + 0) / 86400000) + night.value) <= (((s.begin + s.last) + 0) / 86400000)
where s.person < 0 and (((s.begin + 0) / 86400000) + night.value) between -1 and 1
  )
  cross join json_each(?2) span on day between span.value->>3 and span.value->>2
  group by span.value->>0, person
) r
left join firsts known on known.visitor = r.person
union all
select distinct bucket, person, 1, 0, 0 from (
select (((s.begin + 0) / 86400000) + night.value) as bucket,
  case night.value when 0 then s.person else coalesce(s.next, s.person) end as person, (((s.begin + 0) / 86400000) + night.value) as day,
  1 as active, s.open, s.begin as began, null as name, null as page, null as properties
from reaching_sessions s
cross join json_each(case when ((s.begin + 0) / 86400000) = (((s.begin + s.last) + 0) / 86400000) then '[0]' else '[0,1,2]' end) night on (((s.begin + 0) / 86400000) + night.value) <= (((s.begin + s.last) + 0) / 86400000)
where (((s.begin + 0) / 86400000) + night.value) between 0 and 1
) where person > 0 and active
)
group by bucket;
