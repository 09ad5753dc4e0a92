-- Every purchase that these visitors sent, also those that only repeat an order.
select
  b.transaction_id, b.time, b.sent_id, b.sent_visitor, b.id, b.visitor,
  b.amounts->>1 as currency, b.amounts->>2 as value, b.amounts->>3 as tax, b.amounts->>4 as shipping,
  b.amounts->>5 as items, b.amounts->>6 as properties,
  p.hostname, p.path, s.channel, s.source, s.medium, s.campaign, s.term, s.content, s.referrer,
  l.country, l.region, l.city, d.device, d.browser, d.os, d.language
from purchases b
left join pages p on p.id = b.context->>0
left join sources s on s.id = b.context->>1
left join places l on l.id = b.context->>2
left join devices d on d.id = b.context->>3
where b.site = ?1 and b.visitor in (select value from json_each(?2))
order by b.time
