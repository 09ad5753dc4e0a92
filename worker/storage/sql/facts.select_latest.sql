-- The last events up to ?3, among what began from the hour ?2 on, without their visitors.
select f.time, f.name, n.name as custom, p.path, s.channel, l.country, d.device
from (
  select hour * 3600000 + at as time, id, 0 as name, page, source, place, device
  from views
  where site = ?1 and hour >= ?2 and hour * 3600000 + at <= ?3
  union all
  select hour * 3600000 + at, id, name, page, source, place, device
  from events
  where site = ?1 and hour >= ?2 and hour * 3600000 + at <= ?3
  order by time desc, id desc
  limit ?4
) f
left join names n on n.id = f.name - 1000
left join pages p on p.id = f.page
left join sources s on s.id = f.source
left join places l on l.id = f.place
left join devices d on d.id = f.device
order by f.time desc, f.id desc
