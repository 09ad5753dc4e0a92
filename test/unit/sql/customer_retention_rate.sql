-- customer_retention_rate in total, with [1,"[[0,0,0,0],[0,86400000,86400000,1],[1,86400000,86400000,0],[1,172800000,172800000,1]]"]
with since_ever_17_18_19 as (
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
  ), e.visitor) as person, (e.hour * 3600000 + e.at) as time, e.id, e.name as name, e.active, e.page, 0 as seen, null as depth, null as clicks,
  e.currency, e.value, e.transaction_id, e.items, e.properties
from events e indexed by events_of_customers
where e.site = ?1 and e.name in (10, 11, 12, 13, 14, 16, 17, 18, 19) and e.name in (17, 18, 19)
),
subscriptions as (
select person, subscription, name, time, status,
  coalesce(lead(time) over standing, 9e15) as until,
  max(value) over (partition by person, subscription, priced) as price,
  max(case when value is not null then currency end) over (partition by person, subscription, priced) as currency,
  coalesce(max(interval) over (partition by person, subscription, timed), 'month') as interval
from (
  select *, count(value) over so_far as priced, count(interval) over so_far as timed
  from (
    select person, id, name, time, value, currency,
      coalesce(cast(properties->>'subscription_id' as text), '') as subscription,
      coalesce(properties->>'status', 'active') as status,
      properties->>'interval' as interval
    from since_ever_17_18_19
  )
  window so_far as (partition by person, subscription order by time, name, value, id rows unbounded preceding)
)
window standing as (partition by person, subscription order by time, name, value, id)
),
since_ever_10_19 as (
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
  ), e.visitor) as person, (e.hour * 3600000 + e.at) as time, e.id, e.name as name, e.active, e.page, 0 as seen, null as depth, null as clicks,
  e.currency, e.value, e.transaction_id, e.items, e.properties
from events e indexed by events_of_customers
where e.site = ?1 and e.name in (10, 11, 12, 13, 14, 16, 17, 18, 19) and e.name in (10, 19)
),
customerships_365 as (
select person, time as since, until, 9e15 as lapses
from subscriptions where name != 19 and status != 'trial'
union all
select person, time, coalesce(cancelled, 9e15), time + 31536000000
from (
  select person, name, time, min(case when name = 19 then time end) over (
    partition by person order by time range between current row and unbounded following
  ) as cancelled
  from since_ever_10_19
)
where name = 10
)
select bucket,
  sum(person < 0 and p0_before and p0_after) as m0_numerator,
  sum(person < 0 and p0_before) as m0_denominator,
  sum(person < 0 and p0_before) as m0_lasting,
  sum(person > 0 and p0_before) as m0_others
from (
select bucket, person, max(side = 0) as p0_before, max(side = 1) as p0_after
from (
select distinct m.value->>0 as bucket, c.person, m.value->>3 as side
from customerships_365 c
cross join json_each(?2) m
  on c.since < m.value->>1 and m.value->>1 <= c.until and m.value->>2 <= c.lapses
)
group by bucket, person
)
group by bucket;
