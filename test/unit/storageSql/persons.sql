-- views
with recursive spans(visitor, hour, last, since, until) as (
  select value->>0, value->>1, value->>2, value->>3, value->>4 from json_each(?2)
  union all
  select visitor, hour + 1, last, since, until from spans where hour < last
)
select r.hour * 3600000 + r.at as time, r.hour as hour, r.visitor as visitor, r.id as id, r.at as at, page_entry.hostname, page_entry.path, source_entry.channel, source_entry.source, source_entry.medium, source_entry.campaign, source_entry.term, source_entry.content, source_entry.referrer, source_entry.utm_id, place_entry.country, place_entry.region, place_entry.city, device_entry.device, device_entry.browser, device_entry.os, device_entry.language, device_entry.gpc, r.previous as previous, r.seen as seen, nullif(r.depth, -1) as depth, nullif(r.clicks, -1) as clicks, nullif(r.lcp, -1) as lcp, nullif(r.inp, -1) as inp, nullif(r.cls, -1) as cls
from spans s
cross join views r on r.site = ?1 and r.hour = s.hour and r.visitor = s.visitor
left join pages page_entry on page_entry.id = r.page
left join sources source_entry on source_entry.id = r.source
left join places place_entry on place_entry.id = r.place
left join devices device_entry on device_entry.id = r.device
where r.hour * 3600000 + r.at >= s.since and r.hour * 3600000 + r.at < s.until
order by time;

-- events
with recursive spans(visitor, hour, last, since, until) as (
  select value->>0, value->>1, value->>2, value->>3, value->>4 from json_each(?2)
  union all
  select visitor, hour + 1, last, since, until from spans where hour < last
)
select r.hour * 3600000 + r.at as time, r.hour as hour, r.visitor as visitor, r.id as id, r.at as at, r.name as name, name_entry.name as custom, r.active as active, page_entry.hostname, page_entry.path, source_entry.channel, source_entry.source, source_entry.medium, source_entry.campaign, source_entry.term, source_entry.content, source_entry.referrer, source_entry.utm_id, place_entry.country, place_entry.region, place_entry.city, device_entry.device, device_entry.browser, device_entry.os, device_entry.language, device_entry.gpc, r.previous as previous, r.currency as currency, r.value as value, r.tax as tax, r.shipping as shipping, r.transaction_id as transaction_id, r.items as items, r.properties as properties, r.unconfirmed as unconfirmed
from spans s
cross join events r on r.site = ?1 and r.hour = s.hour and r.visitor = s.visitor
left join names name_entry on name_entry.id = r.name - 1000
left join pages page_entry on page_entry.id = r.page
left join sources source_entry on source_entry.id = r.source
left join places place_entry on place_entry.id = r.place
left join devices device_entry on device_entry.id = r.device
where r.hour * 3600000 + r.at >= s.since and r.hour * 3600000 + r.at < s.until
order by time;

-- visits
with recursive spans(visitor, hour, last, since, until) as (
  select value->>0, value->>1, value->>2, value->>3, value->>4 from json_each(?2)
  union all
  select visitor, hour + 1, last, since, until from spans where hour < last
)
select r.hour * 3600000 + r.at as time, r.hour as hour, r.visitor as visitor, r.at as at, r.next as next, r.last as last, r.duration as duration, r.cut as cut, r.seen as seen, r.views as views, nullif(r.clicks, -1) as clicks, r.actions as actions, r.events as events
from spans s
cross join visits r on r.site = ?1 and r.hour = s.hour and r.visitor = s.visitor
where r.hour * 3600000 + r.at >= s.since and r.hour * 3600000 + r.at < s.until
order by time;

-- purchases
select r.transaction_id as transaction_id, r.time as time, r.sent_id as sent_id, r.sent_visitor as sent_visitor, r.id as id, r.visitor as visitor, r.browser as browser, page_entry.hostname, page_entry.path, source_entry.channel, source_entry.source, source_entry.medium, source_entry.campaign, source_entry.term, source_entry.content, source_entry.referrer, source_entry.utm_id, place_entry.country, place_entry.region, place_entry.city, device_entry.device, device_entry.browser, device_entry.os, device_entry.language, device_entry.gpc, r.context->>4 as previous, r.amounts->>0 as active, r.amounts->>1 as currency, r.amounts->>2 as value, r.amounts->>3 as tax, r.amounts->>4 as shipping, r.amounts->>5 as items, r.amounts->>6 as properties
from purchases r
left join pages page_entry on page_entry.id = r.context->>0
left join sources source_entry on source_entry.id = r.context->>1
left join places place_entry on place_entry.id = r.context->>2
left join devices device_entry on device_entry.id = r.context->>3
where r.site = ?1 and r.visitor in (select value from json_each(?2))
order by r.time;

-- event_ids
select r.key as key, r.time as time, r.sent_visitor as sent_visitor, r.visitor as visitor, r.id as id, r.transaction_id as transaction_id
from event_ids r
where r.site = ?1 and r.visitor in (select value from json_each(?2))
order by r.time;
