-- As views.insert.sql, of one page view that has no event's id, without the list: most beacons are that.
insert into views (site, hour, visitor, id, at, page, source, place, device, previous, seen, depth, clicks)
values (
  ?1,
  ?2,
  coalesce(
    (select v.visitor from views v where v.site = ?1 and v.hour = ?2 and v.visitor = ?3 and v.id = ?4),
    (select v.visitor from views v where ?14 and v.site = ?1 and v.hour = ?2 and v.id = ?4 limit 1),
    ?3
  ),
  ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, coalesce(?12, -1), coalesce(?13, -1)
)
on conflict (site, hour, visitor, id) do update set
  seen = max(seen, excluded.seen),
  depth = max(depth, excluded.depth),
  clicks = max(clicks, excluded.clicks)
where excluded.seen > seen or excluded.depth > depth or excluded.clicks > clicks
