-- retention_rate in total, with [1]
with firsts as (
select visitor, min(begin) as first from (
select visitor, hour * 3600000 + at as begin
from visits
where site = ?1 and visitor < 0
) group by visitor
union all
select * from firsts where 0
),
sessions as (
select visitor as person, hour * 3600000 + at as begin, 0 as open
from visits
where site = ?1 and hour >= 0 and hour <= 48 and hour * 3600000 + at >= 0 and hour * 3600000 + at < 172800000
),
starts as (
select bucket, person, case when first = begin or person > 0 then begin end as begin from (
select ((s.begin + 0) / 86400000) as bucket, s.*, known.first
from sessions s
left join firsts known on known.visitor = s.person
)
)
select bucket,
  sum(day0 + 7 <= 1) as denominator,
  sum(day0 + 7 <= 1 and retained) as numerator,
  sum(day0 + 7 > 1) as pending,
  sum(person < 0) as lasting,
  count(distinct case when person > 0 then person end) as others
from (
select bucket, day0, person, retained
from (
select bucket, day0, person, max(coalesce(unit between day0 + 7 and day0 + 7, 0)) as retained
from (
select person, unit, max(bucket) over person_rows as bucket, max(day0) over person_rows as day0
from (
select bucket, ((begin + 0) / 86400000) as day0, person, null as unit from (
select bucket, person, min(begin) as begin from starts
where person < 0 and begin is not null
group by person
)
union all
select null, null, person, unit from (
select person, day as unit from (select distinct case night.value when 0 then s.person else coalesce(s.next, s.person) end as person, (((s.begin + 0) / 86400000) + night.value) as day
from (select visitor as person, hour * 3600000 + at as begin, next, last, 0 as open
from visits
where site = ?1 and hour >= -49 and hour <= 48 and hour * 3600000 + at >= -176400000 and hour * 3600000 + at < 172800000) s
cross join json_each(case when ((s.begin + 0) / 86400000) = (((s.begin + s.last) + 0) / 86400000) then '[0]' else '[0,1,2]' end) night on (((s.begin + 0) / 86400000) + night.value) <= (((s.begin + s.last) + 0) / 86400000)
where s.person < 0 and (((s.begin + 0) / 86400000) + night.value) between 0 and 1)
)
)
window person_rows as (partition by person)
)
where bucket is not null
group by person
union all
select distinct bucket, null, person, null from starts where person > 0
)
)
group by bucket;

-- retention_rate by channel, with [1]
with firsts as (
select visitor, min(begin) as first from (
select visitor, hour * 3600000 + at as begin
from visits
where site = ?1 and visitor < 0
) group by visitor
union all
select * from firsts where 0
),
sessions as (
select visitor as person, hour * 3600000 + at as begin, source, 0 as open
from visits
where site = ?1 and hour >= 0 and hour <= 48 and hour * 3600000 + at >= 0 and hour * 3600000 + at < 172800000
),
starts as (
select bucket, d0, person, case when first = begin or person > 0 then begin end as begin from (
select ((s.begin + 0) / 86400000) as bucket, coalesce(nullif(src.channel, ''), 'Direct') as d0, s.*, known.first
from sessions s
left join firsts known on known.visitor = s.person
left join sources src on src.id = s.source
)
)
select bucket, d0,
  sum(day0 + 7 <= 1) as denominator,
  sum(day0 + 7 <= 1 and retained) as numerator,
  sum(day0 + 7 > 1) as pending,
  sum(person < 0) as lasting,
  count(distinct case when person > 0 then person end) as others
from (
select bucket, g0 as d0, day0, person, retained
from (
select bucket, day0, person, max(coalesce(unit between day0 + 7 and day0 + 7, 0)) as retained, g0
from (
select person, unit, max(bucket) over person_rows as bucket, max(day0) over person_rows as day0, max(g0) over person_rows as g0
from (
select bucket, ((begin + 0) / 86400000) as day0, person, null as unit, d0 as g0 from (
select bucket, d0, person, min(begin) as begin from starts
where person < 0 and begin is not null
group by person
)
union all
select null, null, person, unit, null from (
select person, day as unit from (select distinct case night.value when 0 then s.person else coalesce(s.next, s.person) end as person, (((s.begin + 0) / 86400000) + night.value) as day
from (select visitor as person, hour * 3600000 + at as begin, next, last, 0 as open
from visits
where site = ?1 and hour >= -49 and hour <= 48 and hour * 3600000 + at >= -176400000 and hour * 3600000 + at < 172800000) s
cross join json_each(case when ((s.begin + 0) / 86400000) = (((s.begin + s.last) + 0) / 86400000) then '[0]' else '[0,1,2]' end) night on (((s.begin + 0) / 86400000) + night.value) <= (((s.begin + s.last) + 0) / 86400000)
where s.person < 0 and (((s.begin + 0) / 86400000) + night.value) between 0 and 1)
)
)
window person_rows as (partition by person)
)
where bucket is not null
group by person
union all
select distinct bucket, null, person, null, d0 as g0 from starts where person > 0
)
)
group by bucket, d0;
