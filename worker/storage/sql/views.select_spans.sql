-- The page views of visitors in spans of time: [visitor, first hour, last hour, since, until].
with recursive spans(visitor, hour, last, since, until) as (
  select value->>0, value->>1, value->>2, value->>3, value->>4 from json_each(?2)
  union all
  select visitor, hour + 1, last, since, until from spans where hour < last
)
select
  v.hour, v.visitor, v.id, v.hour * 3600000 + v.at as time, v.previous, v.seen,
  nullif(v.depth, -1) as depth, nullif(v.clicks, -1) as clicks,
  p.hostname, p.path, s.channel, s.source, s.medium, s.campaign, s.term, s.content, s.referrer,
  l.country, l.region, l.city, d.device, d.browser, d.os, d.language
from spans t
cross join views v on v.site = ?1 and v.hour = t.hour and v.visitor = t.visitor
left join pages p on p.id = v.page
left join sources s on s.id = v.source
left join places l on l.id = v.place
left join devices d on d.id = v.device
where v.hour * 3600000 + v.at >= t.since and v.hour * 3600000 + v.at < t.until
order by time
