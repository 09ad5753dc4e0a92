-- The visits that visitors began in spans of time, as the page views.
with recursive spans(visitor, hour, last, since, until) as (
  select value->>0, value->>1, value->>2, value->>3, value->>4 from json_each(?2)
  union all
  select visitor, hour + 1, last, since, until from spans where hour < last
)
select v.hour, v.visitor, v.at, v.hour * 3600000 + v.at as time, v.duration, v.views, nullif(v.clicks, -1) as clicks, v.actions
from spans t
cross join visits v on v.site = ?1 and v.hour = t.hour and v.visitor = t.visitor
where v.hour * 3600000 + v.at >= t.since and v.hour * 3600000 + v.at < t.until
order by time
