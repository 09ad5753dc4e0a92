-- A negative id: a filter moved the page view or event here, on a day that is later than its own.
delete from excluded_traffic
where site = ?1
  and (day < ?2 / 86400000 or id < 0 and events->>'$[0].fact.time' < ?2)
