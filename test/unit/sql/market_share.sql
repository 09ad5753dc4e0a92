-- market_share in total, with ["",1]
select bucket,
  sum(own) as m0_part,
  sum(whole) as m0_whole,
  count(*) as m0_rows
from (
select i.day as bucket, null as person, i.numbers->>'own_revenue' as own, i.numbers->>'market_revenue' as whole
from imports i
where i.site = ?2 and i.kind = 'market'
  and i.day between 0 and 1
  and i.numbers->>'market_revenue' is not null
  and i.currency = ?1
)
group by bucket;
