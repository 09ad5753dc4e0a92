-- email_click_rate in total, with [1]
with emails as (
select * from (
  select *, coalesce(max(name = 31) over later, 0) as opened, coalesce(max(name = 32) over later, 0) as clicked,
    row_number() over (partition by person, email, name order by time, id) as place
  from (select person, time, id, name, coalesce(cast(properties->>'email_id' as text), properties->>'campaign', '') as email, properties->>'campaign' as campaign from (
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
where e.site = ?1 and e.hour >= 0 and e.hour <= 72
  and e.hour * 3600000 + e.at >= 0 and e.hour * 3600000 + e.at < 259200000 and e.name in (30, 31, 32)
  ))
  window later as (partition by person, email order by time range between current row and unbounded following)
)
where name = 30 and place = 1 and time >= 0 and time < 172800000
)
select bucket,
  sum(clicked) as m0_numerator,
  sum(delivered) as m0_denominator
from (
select ((m.time + 0) / 86400000) as bucket, m.person, 1 as delivered, m.opened, m.clicked
from emails m
union all
select i.day as bucket, null as person, i.numbers->>'delivered', i.numbers->>'opens', i.numbers->>'clicks'
from imports i
where i.site = ?1 and i.kind = 'email'
  and i.day between 0 and 1
)
group by bucket;
