-- return_rate in total, with [1]
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
refunds_of_orders_of_period as (
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
from (select distinct transaction_id from (select transaction_id from orders_of_period)) t
cross join events e indexed by refunds_of_orders on e.site = ?1 and e.name = 11
  and e.transaction_id = t.transaction_id
        ) r
      )
    )
  )
)
union all
select * from refunds_of_orders_of_period where 0
),
order_lines as (
select o.person, o.time, o.id, o.name, o.active, o.page, o.seen, o.depth, o.clicks, o.currency, o.value,
  o.transaction_id, o.properties, o.item as items, o.sold,
  min(o.sold, coalesce(sum(
    case
      when r.items is not null then coalesce((
        select sum(one.value->>'quantity') from json_each(r.items) one where one.value->>'item_id' is o.item_id
      ), 0)
      when r.whole then o.sold
      else 0
    end
  ), 0)) as returned
from (
  select o.*, one.value->>'item_id' as item_id, json_array(json(one.value)) as item, sum(one.value->>'quantity') as sold
  from orders_of_period o
  cross join json_each(o.items) one
  group by o.transaction_id, one.value->>'item_id'
) o
left join refunds_of_orders_of_period r on r.transaction_id = o.transaction_id and not r.too_large
group by o.transaction_id, o.item_id
)
select bucket,
  sum(returned) as m0_numerator,
  sum(sold) as m0_denominator
from (
select ((f.time + 0) / 86400000) as bucket, f.person, f.sold, f.returned
from order_lines f
)
group by bucket;

-- return_rate by channel, with [1]
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
refunds_of_orders_of_period as (
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
from (select distinct transaction_id from (select transaction_id from orders_of_period)) t
cross join events e indexed by refunds_of_orders on e.site = ?1 and e.name = 11
  and e.transaction_id = t.transaction_id
        ) r
      )
    )
  )
)
union all
select * from refunds_of_orders_of_period where 0
),
order_lines as (
select o.person, o.time, o.id, o.name, o.active, o.page, o.seen, o.depth, o.clicks, o.currency, o.value,
  o.transaction_id, o.properties, o.item as items, o.sold,
  min(o.sold, coalesce(sum(
    case
      when r.items is not null then coalesce((
        select sum(one.value->>'quantity') from json_each(r.items) one where one.value->>'item_id' is o.item_id
      ), 0)
      when r.whole then o.sold
      else 0
    end
  ), 0)) as returned
from (
  select o.*, one.value->>'item_id' as item_id, json_array(json(one.value)) as item, sum(one.value->>'quantity') as sold
  from orders_of_period o
  cross join json_each(o.items) one
  group by o.transaction_id, one.value->>'item_id'
) o
left join refunds_of_orders_of_period r on r.transaction_id = o.transaction_id and not r.too_large
group by o.transaction_id, o.item_id
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
  sum(returned) as m0_numerator,
  sum(sold) as m0_denominator
from (
select ((f.time + 0) / 86400000) as bucket, coalesce(nullif(src.channel, ''), 'Direct') as d0, f.person, f.sold, f.returned
from order_lines f
left join parts s on s.part_person = f.person and s.stretch = f.time / 21600000 and f.time between s.begin and s.bound
left join sources src on src.id = s.source
)
group by bucket, d0;

-- return_rate by page, with [1]
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
refunds_of_orders_of_period as (
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
from (select distinct transaction_id from (select transaction_id from orders_of_period)) t
cross join events e indexed by refunds_of_orders on e.site = ?1 and e.name = 11
  and e.transaction_id = t.transaction_id
        ) r
      )
    )
  )
)
union all
select * from refunds_of_orders_of_period where 0
),
order_lines as (
select o.person, o.time, o.id, o.name, o.active, o.page, o.seen, o.depth, o.clicks, o.currency, o.value,
  o.transaction_id, o.properties, o.item as items, o.sold,
  min(o.sold, coalesce(sum(
    case
      when r.items is not null then coalesce((
        select sum(one.value->>'quantity') from json_each(r.items) one where one.value->>'item_id' is o.item_id
      ), 0)
      when r.whole then o.sold
      else 0
    end
  ), 0)) as returned
from (
  select o.*, one.value->>'item_id' as item_id, json_array(json(one.value)) as item, sum(one.value->>'quantity') as sold
  from orders_of_period o
  cross join json_each(o.items) one
  group by o.transaction_id, one.value->>'item_id'
) o
left join refunds_of_orders_of_period r on r.transaction_id = o.transaction_id and not r.too_large
group by o.transaction_id, o.item_id
)
select bucket, d0,
  sum(returned) as m0_numerator,
  sum(sold) as m0_denominator
from (
select ((f.time + 0) / 86400000) as bucket, coalesce(nullif(pag.path, ''), '(not set)') as d0, f.person, f.sold, f.returned
from order_lines f
left join pages pag on pag.id = f.page
where coalesce(nullif(pag.path, ''), '(not set)') is not null
)
group by bucket, d0;
