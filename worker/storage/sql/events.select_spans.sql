-- The events of visitors in spans of time, as the page views.
with recursive spans(visitor, hour, last, since, until) as (
  select value->>0, value->>1, value->>2, value->>3, value->>4 from json_each(?2)
  union all
  select visitor, hour + 1, last, since, until from spans where hour < last
)
select
  e.hour, e.visitor, e.id, e.hour * 3600000 + e.at as time, e.previous, e.name, n.name as custom, e.active,
  e.currency, e.value, e.tax, e.shipping, e.transaction_id, e.items, e.properties, e.unconfirmed,
  p.hostname, p.path, s.channel, s.source, s.medium, s.campaign, s.term, s.content, s.referrer,
  l.country, l.region, l.city, d.device, d.browser, d.os, d.language
from spans t
cross join events e on e.site = ?1 and e.hour = t.hour and e.visitor = t.visitor
left join names n on n.id = e.name - ?3
left join pages p on p.id = e.page
left join sources s on s.id = e.source
left join places l on l.id = e.place
left join devices d on d.id = e.device
where e.hour * 3600000 + e.at >= t.since and e.hour * 3600000 + e.at < t.until
order by time
