-- stickiness in total, with [1,"[[0,0],[1,1]]"]
with reaching_sessions as (
select visitor as person, hour * 3600000 + at as begin, next, last, 0 as open
from visits
where site = ?1 and hour >= -745 and hour <= 48 and hour * 3600000 + at >= -2682000000 and hour * 3600000 + at < 172800000
)
select bucket,
  sum(person < 0) as lasting,
  sum(person > 0) as others,
  sum(case when person < 0 then days end) as x,
  sum(case when person < 0 then days * days end) as xx
from (
select ends.value->>0 as bucket, person, count(*) as days
from (
select distinct bucket as day, person from (
select (((s.begin + 0) / 86400000) + night.value) as bucket,
  case night.value when 0 then s.person else coalesce(s.next, s.person) end as person, (((s.begin + 0) / 86400000) + night.value) as day,
  1 as active, s.open, s.begin as began, null as name, null as page, null as properties
from reaching_sessions s
cross join json_each(case when ((s.begin + 0) / 86400000) = (((s.begin + s.last) + 0) / 86400000) then '[0]' else '[0,1,2]' end) night on (((s.begin + 0) / 86400000) + night.value) <= (((s.begin + s.last) + 0) / 86400000)
where (((s.begin + 0) / 86400000) + night.value) between -29 and 1
)
)
join json_each(?2) ends on day between ends.value->>1 - 29 and ends.value->>1
group by ends.value->>0, person
)
group by bucket;

-- stickiness by channel, with [1,"[[0,0],[1,1]]"]
with reaching_sessions as (
select visitor as person, hour * 3600000 + at as begin, next, last, source, 0 as open
from visits
where site = ?1 and hour >= -745 and hour <= 48 and hour * 3600000 + at >= -2682000000 and hour * 3600000 + at < 172800000
)
select bucket, d0,
  sum(person < 0) as lasting,
  sum(person > 0) as others,
  sum(case when person < 0 then days end) as x,
  sum(case when person < 0 then days * days end) as xx
from (
select ends.value->>0 as bucket, d0, person, count(*) as days
from (
select distinct bucket as day, d0, person from (
select (((s.begin + 0) / 86400000) + night.value) as bucket, coalesce(nullif(src.channel, ''), 'Direct') as d0,
  case night.value when 0 then s.person else coalesce(s.next, s.person) end as person, (((s.begin + 0) / 86400000) + night.value) as day,
  1 as active, s.open, s.begin as began, null as name, null as page, null as properties
from reaching_sessions s
left join sources src on src.id = s.source
cross join json_each(case when ((s.begin + 0) / 86400000) = (((s.begin + s.last) + 0) / 86400000) then '[0]' else '[0,1,2]' end) night on (((s.begin + 0) / 86400000) + night.value) <= (((s.begin + s.last) + 0) / 86400000)
where (((s.begin + 0) / 86400000) + night.value) between -29 and 1
)
)
join json_each(?2) ends on day between ends.value->>1 - 29 and ends.value->>1
group by ends.value->>0, d0, person
)
group by bucket, d0;
