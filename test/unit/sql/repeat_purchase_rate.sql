-- repeat_purchase_rate in total, with [1]
with orders_of_period as (
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
where e.site = ?1 and e.hour >= 0 and e.hour <= 48
  and e.hour * 3600000 + e.at >= 0 and e.hour * 3600000 + e.at < 172800000 and e.name in (10, 11, 12, 13, 14, 16, 17, 18, 19) and e.name in (10)
)
select bucket,
  sum(person < 0 and p0_orders >= 2) as m0_numerator,
  sum(person < 0) as m0_denominator,
  sum(person < 0) as m0_lasting,
  sum(person > 0) as m0_others
from (
select bucket, person, count(*) as p0_orders
from (
select ((f.time + 0) / 86400000) as bucket, f.person, f.value
from orders_of_period f
)
group by bucket, person
)
group by bucket;

-- repeat_purchase_rate by channel, with [1]
with orders_of_period as (
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
where e.site = ?1 and e.hour >= 0 and e.hour <= 48
  and e.hour * 3600000 + e.at >= 0 and e.hour * 3600000 + e.at < 172800000 and e.name in (10, 11, 12, 13, 14, 16, 17, 18, 19) and e.name in (10)
),
reaching_sessions as (
select visitor as person, hour * 3600000 + at as begin, next, duration, cut, source, 0 as open
from visits
where site = ?1 and hour >= -49 and hour <= 48 and hour * 3600000 + at >= -176400000 and hour * 3600000 + at < 172800000
),
parts as (
select person as part_person, coalesce(begin + cut - 1, begin + duration + 1800000) as bound, begin / 21600000 as stretch, * from reaching_sessions
union all
select next, coalesce(begin + cut - 1, begin + duration + 1800000), begin / 21600000, * from reaching_sessions where next is not null
union all
select part_person, bound, stretch + 1, person, begin, next, duration, cut, source, open from parts where stretch < bound / 21600000
)
select bucket, d0,
  sum(person < 0 and p0_orders >= 2) as m0_numerator,
  sum(person < 0) as m0_denominator,
  sum(person < 0) as m0_lasting,
  sum(person > 0) as m0_others
from (
select bucket, d0, person, count(*) as p0_orders
from (
select ((f.time + 0) / 86400000) as bucket, coalesce(nullif(src.channel, ''), 'Direct') as d0, f.person, f.value
from orders_of_period f
left join parts s on s.part_person = f.person and s.stretch = f.time / 21600000 and f.time between s.begin and s.bound
left join sources src on src.id = s.source
)
group by bucket, d0, person
)
group by bucket, d0;

-- repeat_purchase_rate by page, with [1]
with orders_of_period as (
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
where e.site = ?1 and e.hour >= 0 and e.hour <= 48
  and e.hour * 3600000 + e.at >= 0 and e.hour * 3600000 + e.at < 172800000 and e.name in (10, 11, 12, 13, 14, 16, 17, 18, 19) and e.name in (10)
)
select bucket, d0,
  sum(person < 0 and p0_orders >= 2) as m0_numerator,
  sum(person < 0) as m0_denominator,
  sum(person < 0) as m0_lasting,
  sum(person > 0) as m0_others
from (
select bucket, d0, person, count(*) as p0_orders
from (
select ((f.time + 0) / 86400000) as bucket, coalesce(nullif(pag.path, ''), '(not set)') as d0, f.person, f.value
from orders_of_period f
left join pages pag on pag.id = f.page
where coalesce(nullif(pag.path, ''), '(not set)') is not null
)
group by bucket, d0, person
)
group by bucket, d0;
