-- Imported days on which the site has no activity of its own, added up by bucket, dimension and value; a number that one of
-- them lacks is null. beside_other: on how many of them the dimension has an "(other)", if ?5 asks for it. A null value
-- counts the days that lack the dimension although, for all that their total says, they have the number.
-- A null dimension describes a bucket: whether it has own activity, its imported days that count, those of which it has
-- only a part, and those set aside for events without a page view.
-- ?2: [period, day, bucket, start, end, whole] of each day, ?3: dimensions, ?4: every dimension.
with days as materialized (
  select
    value->>0 as period, value->>1 as day, value->>2 as bucket, value->>3 as start, value->>4 as until, value->>5 as whole
  from json_each(?2)
),
activity as materialized (
  select
    period, day, bucket, whole,
    case
      when exists (
        select 1 from views
        where site = ?1 and hour between start / 3600000 and (until - 1) / 3600000
          and hour * 3600000 + at >= start and hour * 3600000 + at < until
      ) then 2
      when day < (select kept_day from sites where id = ?1)
        and exists (select 1 from sums where site = ?1 and dimension = '' and sums.day = days.day) then 2
      when exists (
        select 1 from events
        where site = ?1 and hour between start / 3600000 and (until - 1) / 3600000
          and hour * 3600000 + at >= start and hour * 3600000 + at < until and active = 1
      ) then 1
      else 0
    end as active
  from days
),
held as materialized (
  select period, day, bucket, whole, active from activity
  where active < 2
    and exists (
      select 1
      from json_each(?4) one
      cross join imported_days i on i.site = ?1 and i.dimension = one.value and i.day = activity.day
    )
)
select
  d.period, d.bucket, i.dimension, i.value, min(d.day) as first_day, max(d.day) as last_day,
  sum(
    ?5 and exists (
      select 1 from imported_days o
      where o.site = ?1 and o.dimension = i.dimension and o.day = i.day and o.value = '(other)'
    )
  ) as beside_other,
  iif(count(i.visitors) = count(*), sum(i.visitors), null) as visitors,
  iif(count(i.sessions) = count(*), sum(i.sessions), null) as sessions,
  iif(count(i.pageviews) = count(*), sum(i.pageviews), null) as pageviews,
  iif(count(i.bounces) = count(*), sum(i.bounces), null) as bounces,
  iif(count(i.engaged_sessions) = count(*), sum(i.engaged_sessions), null) as engaged_sessions,
  iif(count(i.duration) = count(*), sum(i.duration), null) as duration,
  iif(count(i.events) = count(*), sum(i.events), null) as events,
  null as recorded, null as counted, null as parts, null as aside
from held d
cross join json_each(?3) one
cross join imported_days i on i.site = ?1 and i.dimension = one.value and i.day = d.day
where d.active = 0 and d.whole = 1
group by d.period, d.bucket, i.dimension, i.value
union all
select
  d.period, d.bucket, one.value, null, null, null, null,
  sum(coalesce(t.visitors, t.sessions, t.pageviews, 1) <> 0),
  sum(coalesce(t.sessions, t.visitors, t.pageviews, 1) <> 0),
  sum(coalesce(t.pageviews, t.sessions, t.visitors, 1) <> 0),
  sum(coalesce(t.bounces, t.sessions, t.visitors, t.pageviews, 1) <> 0),
  sum(coalesce(t.engaged_sessions, t.sessions, t.visitors, t.pageviews, 1) <> 0),
  sum(coalesce(t.duration, t.sessions, t.visitors, t.pageviews, 1) <> 0),
  -- A tool that counts no events in total still lists them, on the days that have any.
  sum(coalesce(t.events, t.day is null) <> 0),
  null, null, null, null
from held d
cross join json_each(?3) one
left join imported_days t on t.site = ?1 and t.dimension = '' and t.day = d.day
where d.active = 0 and d.whole = 1
  and not exists (select 1 from imported_days i where i.site = ?1 and i.dimension = one.value and i.day = d.day)
group by d.period, d.bucket, one.value
union all
select
  a.period, a.bucket, null, null, null, null, null, null, null, null, null, null, null, null,
  max(a.active > 0), sum(h.active = 0 and h.whole = 1), sum(h.active = 0 and h.whole = 0), sum(h.active = 1)
from activity a
left join held h on h.period = a.period and h.day = a.day
group by a.period, a.bucket
