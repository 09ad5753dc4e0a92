-- served_pages in total, with [1]
select bucket,
  sum(pages) as m0_pages,
  sum(case when sampled > 0 then 1.0 * pages * (pages - sampled) / sampled else 0 end) as m0_variance,
  count(*) as m0_rows
from (
select i.day as bucket, null as person, i.numbers->>'pages' as pages, i.numbers->>'sampled' as sampled
from imports i
where i.site = ?1 and i.kind = 'served_pages'
  and i.day between 0 and 1
)
group by bucket;
