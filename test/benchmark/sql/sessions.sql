-- Sessions of the site ?1 that began from ?2 up to ?3, by the plainest correct rule: a pause
-- of over 30 minutes after the latest end of activity begins another. A visitor has another id after
-- midnight; early events of a day name the previous one. A day of events on both sides makes sessions whole.
with facts as materialized (
  select visitor, previous, hour * 3600000 + at as begin, hour * 3600000 + at + seen as ended, 0 as name, page
  from views
  where site = ?1 and hour >= cast(?2 as integer) / 3600000 - 24 and hour < cast(?3 as integer) / 3600000 + 25
  union all
  select visitor, previous, hour * 3600000 + at, hour * 3600000 + at, name, page
  from events
  where site = ?1 and hour >= cast(?2 as integer) / 3600000 - 24 and hour < cast(?3 as integer) / 3600000 + 25
    and active = 1
),
visitors as materialized (
  select visitor, max(previous) as previous, max(ended) as ended from facts group by visitor
),
gaps as (
  select
    f.*,
    v.previous as before,
    n.ended as night,
    max(f.ended) over (
      partition by f.visitor order by f.begin rows between unbounded preceding and 1 preceding
    ) as day
  from facts f
  join visitors v on v.visitor = f.visitor
  left join visitors n on n.visitor = v.previous
),
numbered as materialized (
  select
    *,
    sum(max(coalesce(day, 0), coalesce(night, 0)) + 1800000 < begin) over (
      partition by visitor order by begin rows unbounded preceding
    ) as number
  from gaps
),
latest as materialized (
  select visitor, max(number) as number from numbered group by visitor
),
sessioned as materialized (
  select
    f.visitor, f.begin, f.ended, f.name, f.page,
    case f.number when 0 then f.before else f.visitor end as owner,
    case f.number when 0 then l.number else f.number end as number
  from numbered f
  left join latest l on l.visitor = f.before
),
sessions as materialized (
  select
    owner, number,
    max(ended) - min(begin) as duration,
    sum(name = 0) as views,
    sum(name <> 0) as actions,
    max(name = 4) as cart,
    max(name = 10) as bought
  from sessioned
  group by owner, number
  having min(begin) >= ?2 and min(begin) < ?3
)
