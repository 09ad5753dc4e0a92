-- time_on_page in total, with [1]
with facts_views_alone as (
select coalesce((
    select coalesce((
      select u.user from identities u
      where u.site = i.site and u.visitor = i.user
      order by u.since <= (v.hour * 3600000 + v.at) desc, case when u.since <= (v.hour * 3600000 + v.at) then -u.since else u.since end, u.user
    limit 1
    ), i.user)
    from identities i
    where i.site = ?1 and i.visitor = v.visitor
    order by i.since <= (v.hour * 3600000 + v.at) desc, case when i.since <= (v.hour * 3600000 + v.at) then -i.since else i.since end, i.user
    limit 1
  ), v.visitor) as person, v.hour * 3600000 + v.at as time, v.id, 0 as name, 1 as active, v.page, v.seen,
  nullif(v.depth, -1) as depth, nullif(v.clicks, -1) as clicks,
  null as currency, null as value, null as transaction_id, null as items, null as properties
from views v
where v.site = ?1 and v.hour >= 0 and v.hour <= 48
  and v.hour * 3600000 + v.at >= 0 and v.hour * 3600000 + v.at < 172800000
)
select bucket,
  count(seen) as m0_n,
  sum(seen) as m0_x,
  sum(1.0 * seen * seen) as m0_xx,
  sum(0) as m0_pending
from (
select ((f.time + 0) / 86400000) as bucket, f.person, f.seen, f.depth, f.clicks
from facts_views_alone f
)
group by bucket;

-- time_on_page by channel, with [1]
with facts_views as (
select coalesce((
    select coalesce((
      select u.user from identities u
      where u.site = i.site and u.visitor = i.user
      order by u.since <= (v.hour * 3600000 + v.at) desc, case when u.since <= (v.hour * 3600000 + v.at) then -u.since else u.since end, u.user
    limit 1
    ), i.user)
    from identities i
    where i.site = ?1 and i.visitor = v.visitor
    order by i.since <= (v.hour * 3600000 + v.at) desc, case when i.since <= (v.hour * 3600000 + v.at) then -i.since else i.since end, i.user
    limit 1
  ), v.visitor) as person, v.hour * 3600000 + v.at as time, v.id, 0 as name, 1 as active, v.page, v.seen,
  nullif(v.depth, -1) as depth, nullif(v.clicks, -1) as clicks,
  null as currency, null as value, null as transaction_id, null as items, null as properties
from views v
where v.site = ?1 and v.hour >= 0 and v.hour <= 48
  and v.hour * 3600000 + v.at >= 0 and v.hour * 3600000 + v.at < 172800000
union all
select * from facts_views where 0
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
  count(seen) as m0_n,
  sum(seen) as m0_x,
  sum(1.0 * seen * seen) as m0_xx,
  sum(0) as m0_pending
from (
select ((f.time + 0) / 86400000) as bucket, coalesce(nullif(src.channel, ''), 'Direct') as d0, f.person, f.seen, f.depth, f.clicks
from facts_views f
left join parts s on s.part_person = f.person and s.stretch = f.time / 21600000 and f.time between s.begin and s.bound
left join sources src on src.id = s.source
)
group by bucket, d0;

-- time_on_page by page, with [1]
with facts_views_alone as (
select coalesce((
    select coalesce((
      select u.user from identities u
      where u.site = i.site and u.visitor = i.user
      order by u.since <= (v.hour * 3600000 + v.at) desc, case when u.since <= (v.hour * 3600000 + v.at) then -u.since else u.since end, u.user
    limit 1
    ), i.user)
    from identities i
    where i.site = ?1 and i.visitor = v.visitor
    order by i.since <= (v.hour * 3600000 + v.at) desc, case when i.since <= (v.hour * 3600000 + v.at) then -i.since else i.since end, i.user
    limit 1
  ), v.visitor) as person, v.hour * 3600000 + v.at as time, v.id, 0 as name, 1 as active, v.page, v.seen,
  nullif(v.depth, -1) as depth, nullif(v.clicks, -1) as clicks,
  null as currency, null as value, null as transaction_id, null as items, null as properties
from views v
where v.site = ?1 and v.hour >= 0 and v.hour <= 48
  and v.hour * 3600000 + v.at >= 0 and v.hour * 3600000 + v.at < 172800000
)
select bucket, d0,
  count(seen) as m0_n,
  sum(seen) as m0_x,
  sum(1.0 * seen * seen) as m0_xx,
  sum(0) as m0_pending
from (
select ((f.time + 0) / 86400000) as bucket, coalesce(nullif(pag.path, ''), '(not set)') as d0, f.person, f.seen, f.depth, f.clicks
from facts_views_alone f
left join pages pag on pag.id = f.page
where coalesce(nullif(pag.path, ''), '(not set)') is not null
)
group by bucket, d0;
