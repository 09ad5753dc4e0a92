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
)
select bucket,
  sum(day0 + 7 <= 1) as denominator,
  sum(day0 + 7 <= 1 and retained) as numerator,
  sum(day0 + 7 > 1) as pending,
  sum(person < 0) as lasting,
  count(distinct case when person > 0 then person end) as others
from (
select bucket, date(day0 * 86400, 'unixepoch') as d0, day0, person, max(coalesce(unit between day0 + 7 and day0 + 7, 0)) as retained
from (
select person, unit, max(bucket) over person_rows as bucket, max(day0) over person_rows as day0
from (
select bucket, ((begin + 0) / 86400000) as day0, person, null as unit from (
select ((s.begin + 0) / 86400000) as bucket, s.*, known.first
from sessions s
left join firsts known on known.visitor = s.person
)
where first = begin
union all
select null, null, person, unit from (
select person, day as unit from (select distinct case night.value when 0 then s.person else coalesce(s.next, s.person) end as person, (((s.begin + 0) / 86400000) + night.value) as day
from (select visitor as person, hour * 3600000 + at as begin, next, last, 0 as open
from visits
where site = ?1 and hour >= -49 and hour <= 48 and hour * 3600000 + at >= -176400000 and hour * 3600000 + at < 172800000) s
cross join json_each(case when ((s.begin + 0) / 86400000) = (((s.begin + s.last) + 0) / 86400000) then '[0]' else '[0,1,2]' end) night on (((s.begin + 0) / 86400000) + night.value) <= (((s.begin + s.last) + 0) / 86400000)
where s.person < 0 and (((s.begin + 0) / 86400000) + night.value) between 0 and 1)
)
union all
select ((begin + 0) / 86400000), null, person, null from sessions where person > 0
)
window person_rows as (partition by person)
)
where bucket is not null
group by person
)
group by bucket;
