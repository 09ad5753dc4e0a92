-- Like events.select_hour_range.sql, with all events of a visitor's hour in one JSON text: see views.select_packed.sql.
select hour, visitor, json_group_array(
  json_array(id, at, page, source, place, device, previous, name, active)
) as packed
from events
where site = ?1 and hour between ?2 and ?3
group by hour, visitor
