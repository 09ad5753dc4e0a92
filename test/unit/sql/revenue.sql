-- revenue in total, with [1,""]
with refunds_of_period as (
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
  and e.hour * 3600000 + e.at >= 0 and e.hour * 3600000 + e.at < 172800000 and e.name in (10, 11, 12, 13, 14, 16, 17, 18, 19) and e.name in (11)
),
refunds_until_period as (
select person, time, id, name, active, page, seen, depth, clicks, currency,
  case when paid is null then worth else min(so_far, paid) - min(so_far - worth, paid) end as value,
  transaction_id, items, properties, too_large, whole_order as whole
from (
  select *, sum(worth) over (
    partition by transaction_id, paid is null order by time, id, person rows unbounded preceding
  ) as so_far
  from (
    select person, time, id, name, active, page, seen, depth, clicks, transaction_id, items, properties,
      coalesce(currency, of_order->>0) as currency, paid, coalesce(whole > paid, 0) as too_large,
      value is null and items is null as whole_order,
      case when whole > paid then 0 else whole end as worth
    from (
      select *, coalesce(value, case when items is null then of_order->>1 else cast(round((of_order->>1) * coalesce(min(1.0, coalesce((
      select sum((
        select coalesce(sold.value->>'price', 1) * (back.value->>'quantity') from json_each(of_order->>3) sold
        where sold.value->>'item_id' is back.value->>'item_id' limit 1
      )) from json_each(items) back
    ), 0) * 1.0 / nullif((select sum(coalesce(sold.value->>'price', 1) * (sold.value->>'quantity')) from json_each(of_order->>3) sold), 0)), 1.0)) as integer) end) as whole, case when coalesce(currency, of_order->>0) = of_order->>0 then of_order->>2 end as paid
      from (
        select r.*, (
    select case when p.amounts != '[]' then json_array(p.amounts->>1, p.amounts->>2, coalesce(p.amounts->>2, 0) + coalesce(p.amounts->>3, 0) + coalesce(p.amounts->>4, 0), p.amounts->>5) end
    from purchases p
    where p.site = ?1 and p.transaction_id = r.transaction_id
    order by p.browser, p.time, p.sent_id, p.sent_visitor, p.id, p.visitor limit 1
  ) as of_order
        from (
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
from (select distinct transaction_id from (select transaction_id from refunds_of_period where transaction_id is not null)) t
cross join events e indexed by refunds_of_orders on e.site = ?1 and e.name = 11
  and e.transaction_id = t.transaction_id
union all
select * from refunds_of_period where transaction_id is null
        ) r
      )
    )
  )
)
union all
select * from refunds_until_period where 0
),
money_of_period as (
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
union all
select person, time, id, name, active, page, seen, depth, clicks, currency, value, transaction_id, items, properties from refunds_until_period where time >= 0 and time < 172800000
)
select bucket,
  sum(value * sign) as m0_amount,
  sum(1.0 * value * sign * value * sign) as m0_squares
from (
select ((f.time + 0) / 86400000) as bucket, f.person, f.name, f.value, case f.name when 11 then -1 else 1 end as sign
from money_of_period f
where f.currency = ?2
)
group by bucket;

-- revenue by channel, with [1,""]
with refunds_of_period as (
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
  and e.hour * 3600000 + e.at >= 0 and e.hour * 3600000 + e.at < 172800000 and e.name in (10, 11, 12, 13, 14, 16, 17, 18, 19) and e.name in (11)
),
refunds_until_period as (
select person, time, id, name, active, page, seen, depth, clicks, currency,
  case when paid is null then worth else min(so_far, paid) - min(so_far - worth, paid) end as value,
  transaction_id, items, properties, too_large, whole_order as whole
from (
  select *, sum(worth) over (
    partition by transaction_id, paid is null order by time, id, person rows unbounded preceding
  ) as so_far
  from (
    select person, time, id, name, active, page, seen, depth, clicks, transaction_id, items, properties,
      coalesce(currency, of_order->>0) as currency, paid, coalesce(whole > paid, 0) as too_large,
      value is null and items is null as whole_order,
      case when whole > paid then 0 else whole end as worth
    from (
      select *, coalesce(value, case when items is null then of_order->>1 else cast(round((of_order->>1) * coalesce(min(1.0, coalesce((
      select sum((
        select coalesce(sold.value->>'price', 1) * (back.value->>'quantity') from json_each(of_order->>3) sold
        where sold.value->>'item_id' is back.value->>'item_id' limit 1
      )) from json_each(items) back
    ), 0) * 1.0 / nullif((select sum(coalesce(sold.value->>'price', 1) * (sold.value->>'quantity')) from json_each(of_order->>3) sold), 0)), 1.0)) as integer) end) as whole, case when coalesce(currency, of_order->>0) = of_order->>0 then of_order->>2 end as paid
      from (
        select r.*, (
    select case when p.amounts != '[]' then json_array(p.amounts->>1, p.amounts->>2, coalesce(p.amounts->>2, 0) + coalesce(p.amounts->>3, 0) + coalesce(p.amounts->>4, 0), p.amounts->>5) end
    from purchases p
    where p.site = ?1 and p.transaction_id = r.transaction_id
    order by p.browser, p.time, p.sent_id, p.sent_visitor, p.id, p.visitor limit 1
  ) as of_order
        from (
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
from (select distinct transaction_id from (select transaction_id from refunds_of_period where transaction_id is not null)) t
cross join events e indexed by refunds_of_orders on e.site = ?1 and e.name = 11
  and e.transaction_id = t.transaction_id
union all
select * from refunds_of_period where transaction_id is null
        ) r
      )
    )
  )
)
union all
select * from refunds_until_period where 0
),
money_of_period as (
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
union all
select person, time, id, name, active, page, seen, depth, clicks, currency, value, transaction_id, items, properties from refunds_until_period where time >= 0 and time < 172800000
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
  sum(value * sign) as m0_amount,
  sum(1.0 * value * sign * value * sign) as m0_squares
from (
select ((f.time + 0) / 86400000) as bucket, coalesce(nullif(src.channel, ''), 'Direct') as d0, f.person, f.name, f.value, case f.name when 11 then -1 else 1 end as sign
from money_of_period f
left join parts s on s.part_person = f.person and s.stretch = f.time / 21600000 and f.time between s.begin and s.bound
left join sources src on src.id = s.source
where f.currency = ?2
)
group by bucket, d0;

-- revenue by page, with [1,""]
with refunds_of_period as (
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
  and e.hour * 3600000 + e.at >= 0 and e.hour * 3600000 + e.at < 172800000 and e.name in (10, 11, 12, 13, 14, 16, 17, 18, 19) and e.name in (11)
),
refunds_until_period as (
select person, time, id, name, active, page, seen, depth, clicks, currency,
  case when paid is null then worth else min(so_far, paid) - min(so_far - worth, paid) end as value,
  transaction_id, items, properties, too_large, whole_order as whole
from (
  select *, sum(worth) over (
    partition by transaction_id, paid is null order by time, id, person rows unbounded preceding
  ) as so_far
  from (
    select person, time, id, name, active, page, seen, depth, clicks, transaction_id, items, properties,
      coalesce(currency, of_order->>0) as currency, paid, coalesce(whole > paid, 0) as too_large,
      value is null and items is null as whole_order,
      case when whole > paid then 0 else whole end as worth
    from (
      select *, coalesce(value, case when items is null then of_order->>1 else cast(round((of_order->>1) * coalesce(min(1.0, coalesce((
      select sum((
        select coalesce(sold.value->>'price', 1) * (back.value->>'quantity') from json_each(of_order->>3) sold
        where sold.value->>'item_id' is back.value->>'item_id' limit 1
      )) from json_each(items) back
    ), 0) * 1.0 / nullif((select sum(coalesce(sold.value->>'price', 1) * (sold.value->>'quantity')) from json_each(of_order->>3) sold), 0)), 1.0)) as integer) end) as whole, case when coalesce(currency, of_order->>0) = of_order->>0 then of_order->>2 end as paid
      from (
        select r.*, (
    select case when p.amounts != '[]' then json_array(p.amounts->>1, p.amounts->>2, coalesce(p.amounts->>2, 0) + coalesce(p.amounts->>3, 0) + coalesce(p.amounts->>4, 0), p.amounts->>5) end
    from purchases p
    where p.site = ?1 and p.transaction_id = r.transaction_id
    order by p.browser, p.time, p.sent_id, p.sent_visitor, p.id, p.visitor limit 1
  ) as of_order
        from (
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
from (select distinct transaction_id from (select transaction_id from refunds_of_period where transaction_id is not null)) t
cross join events e indexed by refunds_of_orders on e.site = ?1 and e.name = 11
  and e.transaction_id = t.transaction_id
union all
select * from refunds_of_period where transaction_id is null
        ) r
      )
    )
  )
)
union all
select * from refunds_until_period where 0
),
money_of_period as (
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
union all
select person, time, id, name, active, page, seen, depth, clicks, currency, value, transaction_id, items, properties from refunds_until_period where time >= 0 and time < 172800000
)
select bucket, d0,
  sum(value * sign) as m0_amount,
  sum(1.0 * value * sign * value * sign) as m0_squares
from (
select ((f.time + 0) / 86400000) as bucket, coalesce(nullif(pag.path, ''), '(not set)') as d0, f.person, f.name, f.value, case f.name when 11 then -1 else 1 end as sign
from money_of_period f
left join pages pag on pag.id = f.page
where coalesce(nullif(pag.path, ''), '(not set)') is not null
  and f.currency = ?2
)
group by bucket, d0;
