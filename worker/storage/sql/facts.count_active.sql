-- Visitors with activity between ?3 and ?4, among what began from the hour ?2 on. A visitor with an id of the
-- day before and one of today counts once, by that of today.
with active as (
  select hour * 3600000 + at as time, visitor, previous
  from views
  where site = ?1 and hour >= ?2 and hour * 3600000 + at <= ?4 and hour * 3600000 + at + seen >= ?3
  union all
  select hour * 3600000 + at, visitor, previous
  from events
  where site = ?1 and hour >= ?2 and hour * 3600000 + at <= ?4 and hour * 3600000 + at >= ?3 and active = 1
)
select count(distinct coalesce(
  (
    select coalesce(
      (select u.user from identities u where u.site = ?1 and u.visitor = i.user order by u.since desc, u.user limit 1),
      i.user
    )
    from identities i where i.site = ?1 and i.visitor = a.visitor order by i.since desc, i.user limit 1
  ),
  a.visitor
)) as visitors
from active a
where a.visitor not in (select previous from active where previous is not null)
