-- Currencies of the money of a span, and how many orders and refunds are in each.
select currency, count(*) as count
from events
where site = ?1 and hour >= ?2 and hour <= ?3 and hour * 3600000 + at >= ?4 and hour * 3600000 + at < ?5
  and name in (select value from json_each(?6)) and currency is not null
group by currency
order by currency
