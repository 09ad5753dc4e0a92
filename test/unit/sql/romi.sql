-- romi in total, with ["",1]
select bucket,
  sum(amount) as m0_spend,
  count(*) as m0_rows
from (
select i.day as bucket, null as person, i.numbers->>'amount' as amount
from imports i
where i.site = ?2 and i.kind = 'costs'
  and i.day between 0 and 1
  and i.currency = ?1
)
group by bucket;

-- romi in total, with [1,""]
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
refunded_orders as (
select o.*, min(o.value, coalesce(sum(r.value), 0)) as refunded
from orders_of_period o
left join refunds_of_orders_of_period r on r.transaction_id = o.transaction_id and r.currency = o.currency
where o.currency = ?2
group by o.transaction_id
),
reaching_sessions as (
select visitor as person, hour * 3600000 + at as begin, next, duration, cut, 0 as open
from visits
where site = ?1 and hour >= -49 and hour <= 48 and hour * 3600000 + at >= -176400000 and hour * 3600000 + at < 172800000
),
parts as (
select person as part_person, coalesce(begin + cut - 1, begin + duration + 1800000) as bound, begin / 21600000 as stretch, * from reaching_sessions
union all
select next, coalesce(begin + cut - 1, begin + duration + 1800000), begin / 21600000, * from reaching_sessions where next is not null
union all
select part_person, bound, stretch + 1, person, begin, next, duration, cut, open from parts where stretch < bound / 21600000
),
attributed as (
select person, time, value, refunded, case when since >= time - 7776000000 then last_source end as source
from (
  select *,
    max(source) over (partition by person, touch) as last_source,
    max(case when source is not null then time end) over (partition by person, touch) as since
  from (
    select *, count(source) over (partition by person order by time, place rows unbounded preceding) as touch
    from (
      select person, time, source, null as value, null as refunded, 0 as place from (
select s.person, s.begin as time, s.source
from (select visitor as person, hour * 3600000 + at as begin, source, 0 as open
from visits
where site = ?1 and hour >= -2160 and hour <= 48 and hour * 3600000 + at >= -7776000000 and hour * 3600000 + at < 172800000) s
join sources known on known.id = s.source
where known.channel != 'Direct'
      )
      union all
      select coalesce(s.person, o.person), o.time, null, o.value, o.refunded, 1
      from refunded_orders o
      left join parts s on s.part_person = o.person and s.stretch = o.time / 21600000 and o.time between s.begin and s.bound
    )
  )
)
where value is not null
),
claims as (
select distinct i.texts->>'channel' as channel, i.texts->>'source' as source, i.texts->>'campaign' as campaign
from imports i
where i.site = ?1 and i.kind = 'costs' and i.day between 0 and 1
union all
select * from claims where 0
),
claimed_sources as (
select distinct o.source as claimed
from (select distinct coalesce(source, 0) as source from attributed) o
left join sources spent on spent.id = o.source
cross join json_each('[0,1,2,3,4,5,6,7]') choice
cross join claims c on c.channel = case when choice.value & 1 then spent.channel else '' end and c.source = case when choice.value & 2 then spent.source else '' end and c.campaign = case when choice.value & 4 then spent.campaign else '' end
)
select bucket,
  sum(amount) as m0_revenue
from (
select ((s.time + 0) / 86400000) as bucket, s.person, s.value - s.refunded as amount
from attributed s
where coalesce(s.source, 0) in (select claimed from claimed_sources)
)
group by bucket;

-- romi by channel, with ["",1]
select bucket, d0,
  sum(amount) as m0_spend,
  count(*) as m0_rows
from (
select i.day as bucket, coalesce(nullif(i.texts->>'channel', ''), '(not set)') as d0, null as person, i.numbers->>'amount' as amount
from imports i
where i.site = ?2 and i.kind = 'costs'
  and i.day between 0 and 1
  and i.currency = ?1
)
group by bucket, d0;

-- romi by channel, with [1,""]
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
refunded_orders as (
select o.*, min(o.value, coalesce(sum(r.value), 0)) as refunded
from orders_of_period o
left join refunds_of_orders_of_period r on r.transaction_id = o.transaction_id and r.currency = o.currency
where o.currency = ?2
group by o.transaction_id
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
),
attributed as (
select person, time, value, refunded, case when since >= time - 7776000000 then last_source end as source
from (
  select *,
    max(source) over (partition by person, touch) as last_source,
    max(case when source is not null then time end) over (partition by person, touch) as since
  from (
    select *, count(source) over (partition by person order by time, place rows unbounded preceding) as touch
    from (
      select person, time, source, null as value, null as refunded, 0 as place from (
select s.person, s.begin as time, s.source
from (select visitor as person, hour * 3600000 + at as begin, source, 0 as open
from visits
where site = ?1 and hour >= -2160 and hour <= 48 and hour * 3600000 + at >= -7776000000 and hour * 3600000 + at < 172800000) s
join sources known on known.id = s.source
where known.channel != 'Direct'
      )
      union all
      select coalesce(s.person, o.person), o.time, null, o.value, o.refunded, 1
      from refunded_orders o
      left join parts s on s.part_person = o.person and s.stretch = o.time / 21600000 and o.time between s.begin and s.bound
    )
  )
)
where value is not null
),
claims as (
select distinct i.texts->>'channel' as channel, i.texts->>'source' as source, i.texts->>'campaign' as campaign
from imports i
where i.site = ?1 and i.kind = 'costs' and i.day between 0 and 1
union all
select * from claims where 0
),
claimed_sources as (
select distinct o.source as claimed
from (select distinct coalesce(source, 0) as source from attributed) o
left join sources spent on spent.id = o.source
cross join json_each('[0,1,2,3,4,5,6,7]') choice
cross join claims c on c.channel = case when choice.value & 1 then spent.channel else '' end and c.source = case when choice.value & 2 then spent.source else '' end and c.campaign = case when choice.value & 4 then spent.campaign else '' end
)
select bucket, d0,
  sum(amount) as m0_revenue
from (
select ((s.time + 0) / 86400000) as bucket, coalesce(nullif(src.channel, ''), 'Direct') as d0, s.person, s.value - s.refunded as amount
from attributed s
left join sources src on src.id = s.source
where coalesce(s.source, 0) in (select claimed from claimed_sources)
)
group by bucket, d0;
