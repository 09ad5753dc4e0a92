-- cart_value_abandoned in total, with [1,""]
with contents_86400000 as (
select *, coalesce(lag(pieces) over (partition by person, stretch order by time, name, id), 0) as before
from (
  select *, total - min(0, min(total) over (partition by person, stretch order by time, name, id rows unbounded preceding)) as pieces
  from (
    select *, sum(delta) over (partition by person, stretch order by time, name, id rows unbounded preceding) as total
    from (
      select *, sum(parted) over (partition by person order by time, name, id rows unbounded preceding) as stretch
      from (
        select person, time, id, name,
          case name when 4 then cast(round(1000 * coalesce(nullif(
        (select sum(one.value->>'quantity') from json_each(items) one), 0), 1)) as integer) when 5 then -cast(round(1000 * coalesce(nullif(
        (select sum(one.value->>'quantity') from json_each(items) one), 0), 1)) as integer) else 0 end as delta, case name when 4 then case when currency = ?2 then coalesce(value, 0)
          when currency is null then cast(round(100 * coalesce((select sum(one.value->>'price' * one.value->>'quantity') from json_each(items) one), 0)) as integer)
          else 0 end when 5 then -case when currency = ?2 then coalesce(value, 0)
          when currency is null then cast(round(100 * coalesce((select sum(one.value->>'price' * one.value->>'quantity') from json_each(items) one), 0)) as integer)
          else 0 end else 0 end as amount,
          coalesce(lag(name) over line = 10 or time - lag(time) over line > 86400000, 1) as parted
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
  ), e.visitor) as person, e.hour * 3600000 + e.at as time, e.id, e.name as name, e.active, e.page, 0 as seen, null as depth, null as clicks,
  e.currency, e.value, e.transaction_id, e.items, e.properties
from events e
where e.site = ?1 and e.hour >= -720 and e.hour <= 816
  and e.hour * 3600000 + e.at >= -2592000000 and e.hour * 3600000 + e.at < 2937600000 and e.name in (4, 5, 6, 7, 8, 9, 10)
        )
        window line as (partition by person order by time, name, id)
      )
    )
  )
)
),
carts_86400000 as (
select *, what = 'purchase' and not coalesce(lag(recovered) over (partition by person order by begin, what), 0) as bare
from (
  select *, abandoned and coalesce(
    lead(what) over turn = 'purchase' and lead(begin) over turn <= last + 2678400000, 0
  ) as recovered
  from (
    select *, what = 'cart' and not converted and not emptied and last + 86400000 < 259200000 as abandoned from (
    select person, 'cart' as what, min(time) as begin, max(time) as last,
      max(pieces = 0 and before > 0) as emptied, max(name = 10 and before > 0) as converted,
      max(0, sum(amount)) as worth
    from (
      select *, sum(delta > 0 and before = 0) over (
        partition by person, stretch order by time, name, id rows unbounded preceding
      ) as cart
      from contents_86400000
    )
    where cart > 0
    group by person, stretch, cart
    union all
    select person, 'purchase', time, time, 0, 0, 0 from contents_86400000 where name = 10 and before = 0
    )
  )
  window turn as (partition by person order by begin, what)
)
where begin >= 0 and begin < 172800000
)
select bucket,
  sum(iif(abandoned, worth, 0)) as m0_amount,
  sum(1.0 * iif(abandoned, worth, 0) * iif(abandoned, worth, 0)) as m0_squares,
  sum(open) as m0_pending
from (
select ((r.begin + 0) / 86400000) as bucket, r.person, r.converted or r.emptied or r.abandoned as ended, r.converted, r.emptied, r.abandoned, r.recovered, r.bare, r.what = 'cart' as is_cart,
  r.abandoned and r.last + 2678400000 <= 259200000 as decided,
  r.what = 'cart' and not r.converted and not r.emptied and not r.abandoned as open, r.worth
from carts_86400000 r


)
group by bucket;

-- cart_value_abandoned by channel, with [1,""]
with contents_86400000 as (
select *, coalesce(lag(pieces) over (partition by person, stretch order by time, name, id), 0) as before
from (
  select *, total - min(0, min(total) over (partition by person, stretch order by time, name, id rows unbounded preceding)) as pieces
  from (
    select *, sum(delta) over (partition by person, stretch order by time, name, id rows unbounded preceding) as total
    from (
      select *, sum(parted) over (partition by person order by time, name, id rows unbounded preceding) as stretch
      from (
        select person, time, id, name,
          case name when 4 then cast(round(1000 * coalesce(nullif(
        (select sum(one.value->>'quantity') from json_each(items) one), 0), 1)) as integer) when 5 then -cast(round(1000 * coalesce(nullif(
        (select sum(one.value->>'quantity') from json_each(items) one), 0), 1)) as integer) else 0 end as delta, case name when 4 then case when currency = ?2 then coalesce(value, 0)
          when currency is null then cast(round(100 * coalesce((select sum(one.value->>'price' * one.value->>'quantity') from json_each(items) one), 0)) as integer)
          else 0 end when 5 then -case when currency = ?2 then coalesce(value, 0)
          when currency is null then cast(round(100 * coalesce((select sum(one.value->>'price' * one.value->>'quantity') from json_each(items) one), 0)) as integer)
          else 0 end else 0 end as amount,
          coalesce(lag(name) over line = 10 or time - lag(time) over line > 86400000, 1) as parted
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
  ), e.visitor) as person, e.hour * 3600000 + e.at as time, e.id, e.name as name, e.active, e.page, 0 as seen, null as depth, null as clicks,
  e.currency, e.value, e.transaction_id, e.items, e.properties
from events e
where e.site = ?1 and e.hour >= -720 and e.hour <= 816
  and e.hour * 3600000 + e.at >= -2592000000 and e.hour * 3600000 + e.at < 2937600000 and e.name in (4, 5, 6, 7, 8, 9, 10)
        )
        window line as (partition by person order by time, name, id)
      )
    )
  )
)
),
carts_86400000 as (
select *, what = 'purchase' and not coalesce(lag(recovered) over (partition by person order by begin, what), 0) as bare
from (
  select *, abandoned and coalesce(
    lead(what) over turn = 'purchase' and lead(begin) over turn <= last + 2678400000, 0
  ) as recovered
  from (
    select *, what = 'cart' and not converted and not emptied and last + 86400000 < 259200000 as abandoned from (
    select person, 'cart' as what, min(time) as begin, max(time) as last,
      max(pieces = 0 and before > 0) as emptied, max(name = 10 and before > 0) as converted,
      max(0, sum(amount)) as worth
    from (
      select *, sum(delta > 0 and before = 0) over (
        partition by person, stretch order by time, name, id rows unbounded preceding
      ) as cart
      from contents_86400000
    )
    where cart > 0
    group by person, stretch, cart
    union all
    select person, 'purchase', time, time, 0, 0, 0 from contents_86400000 where name = 10 and before = 0
    )
  )
  window turn as (partition by person order by begin, what)
)
where begin >= 0 and begin < 172800000
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
  sum(iif(abandoned, worth, 0)) as m0_amount,
  sum(1.0 * iif(abandoned, worth, 0) * iif(abandoned, worth, 0)) as m0_squares,
  sum(open) as m0_pending
from (
select ((r.begin + 0) / 86400000) as bucket, coalesce(nullif(src.channel, ''), 'Direct') as d0, r.person, r.converted or r.emptied or r.abandoned as ended, r.converted, r.emptied, r.abandoned, r.recovered, r.bare, r.what = 'cart' as is_cart,
  r.abandoned and r.last + 2678400000 <= 259200000 as decided,
  r.what = 'cart' and not r.converted and not r.emptied and not r.abandoned as open, r.worth
from carts_86400000 r
left join parts s on s.part_person = r.person and s.stretch = r.begin / 21600000 and r.begin between s.begin and s.bound
left join sources src on src.id = s.source
)
group by bucket, d0;
