-- gross_revenue in total, with [1,""]
with money_of_period as (
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
  sum(value) as m0_amount,
  sum(1.0 * value * value) as m0_squares
from (
select ((f.time + 0) / 86400000) as bucket, f.person, f.name, f.value, case f.name when 11 then -1 else 1 end as sign
from money_of_period f
where f.currency = ?2
)
group by bucket;

-- gross_revenue by channel, with [1,""]
with money_of_period as (
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
  sum(value) as m0_amount,
  sum(1.0 * value * value) as m0_squares
from (
select ((f.time + 0) / 86400000) as bucket, coalesce(nullif(src.channel, ''), 'Direct') as d0, f.person, f.name, f.value, case f.name when 11 then -1 else 1 end as sign
from money_of_period f
left join parts s on s.part_person = f.person and s.stretch = f.time / 21600000 and f.time between s.begin and s.bound
left join sources src on src.id = s.source
where f.currency = ?2
)
group by bucket, d0;

-- gross_revenue by page, with [1,""]
with money_of_period as (
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
  sum(value) as m0_amount,
  sum(1.0 * value * value) as m0_squares
from (
select ((f.time + 0) / 86400000) as bucket, coalesce(nullif(pag.path, ''), '(not set)') as d0, f.person, f.name, f.value, case f.name when 11 then -1 else 1 end as sign
from money_of_period f
left join pages pag on pag.id = f.page
where coalesce(nullif(pag.path, ''), '(not set)') is not null
  and f.currency = ?2
)
group by bucket, d0;
