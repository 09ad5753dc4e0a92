-- mrr in total, with [1,"[[0,86400000,86400000,1],[1,172800000,172800000,1]]",""]
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
)
select bucket,
  sum(monthly) * 1 as m0_amount
from (
select m.value->>0 as bucket, s.person, s.price * case s.interval when 'day' then 365.0 / 12 when 'week' then 52.0 / 12 when 'month' then 1.0 when 'quarter' then 1.0 / 3 when 'year' then 1.0 / 12 end as monthly
from subscriptions s
cross join json_each(?2) m on s.time < m.value->>1 and m.value->>1 <= s.until
where s.name != 19 and s.status = 'active' and s.currency = ?3
)
group by bucket;
