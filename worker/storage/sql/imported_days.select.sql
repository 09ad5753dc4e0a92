-- Imported days of which the site has no activity of its own, added up by bucket, dimension and value; a number that one of
-- them lacks is null. Then the buckets with own activity, whose dimension is null. ?2: [period, day, bucket, start, end,
-- whole] of each day, ?3: dimensions.
with days as materialized (
  select
    value->>0 as period, value->>1 as day, value->>2 as bucket, value->>3 as start, value->>4 as until, value->>5 as whole
  from json_each(?2)
),
recorded as materialized (
  select period, day, bucket from days
  where exists (
      select 1 from views
      where site = ?1 and hour between start / 3600000 and (until - 1) / 3600000
        and hour * 3600000 + at >= start and hour * 3600000 + at < until
    )
    or exists (
      select 1 from events
      where site = ?1 and hour between start / 3600000 and (until - 1) / 3600000
        and hour * 3600000 + at >= start and hour * 3600000 + at < until and active = 1
    )
    or (
      day < (select kept_day from sites where id = ?1)
      and exists (select 1 from sums where site = ?1 and dimension = '' and sums.day = days.day)
    )
)
select
  d.period, d.bucket, i.dimension, i.value, d.whole, min(d.day) as first_day, max(d.day) as last_day,
  iif(count(i.visitors) = count(*), sum(i.visitors), null) as visitors,
  iif(count(i.sessions) = count(*), sum(i.sessions), null) as sessions,
  iif(count(i.pageviews) = count(*), sum(i.pageviews), null) as pageviews,
  iif(count(i.bounces) = count(*), sum(i.bounces), null) as bounces,
  iif(count(i.engaged_sessions) = count(*), sum(i.engaged_sessions), null) as engaged_sessions,
  iif(count(i.duration) = count(*), sum(i.duration), null) as duration,
  iif(count(i.events) = count(*), sum(i.events), null) as events
from days d
cross join json_each(?3) one
cross join imported_days i on i.site = ?1 and i.dimension = one.value and i.day = d.day
where (d.period, d.day) not in (select period, day from recorded)
group by d.period, d.bucket, i.dimension, i.value, d.whole
union all
select distinct period, bucket, null, null, null, null, null, null, null, null, null, null, null, null from recorded
