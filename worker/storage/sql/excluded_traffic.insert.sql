-- Excluded requests of a page view or event. All are kept until a UTC day has so many (?12), then one of 2 until it has twice
-- as many, then one of 4, and so on; a kept one stands for those that are not. What the answers count is kept whole.
-- Events beyond the bytes of a row or of a request are only counted: a client chooses how many it sends. `[]` holds none.
insert into excluded_traffic (site, day, id, verdicts, counted, requests, page, network, agent, filters, events)
with recursive
  -- This request is counted already, if it is excluded.
  sent(n) as (
    select coalesce(sum(count), 0)
    from refusals
    where site = ?1 and day = ?2 and reason in (select value from json_each(?11))
  ),
  weights(weight) as (
    select 1
    union all
    select weight * 2 from weights, sent where weight * ?12 < n
  )
select
  ?1, ?2, ?3, ?4, ?5, iif(?5, 1, max(weight)), ?6, ?7, ?8, ?9,
  iif(length(cast(?10 as blob)) <= iif(?5 or n <= 100, 10000, 2000), ?10, '[]')
from weights, sent
having ?5 or n % max(weight) = 0
on conflict do update set
  requests = requests + excluded.requests,
  events = case
    when excluded.events = '[]' then events
    when events = '[]' then excluded.events
    when length(cast(events as blob)) + length(cast(excluded.events as blob)) > 10000 then events
    else substr(events, 1, length(events) - 1) || ',' || substr(excluded.events, 2)
  end
where counted = excluded.counted
