-- ai_fetches in total, with [1]
select bucket,
  sum(fetches) as m0_fetches,
  count(*) as m0_rows
from (
select i.day as bucket, null as person, i.numbers->>'fetches' as fetches
from imports i
where i.site = ?1 and i.kind = 'ai_fetches'
  and i.day between 0 and 1
)
group by bucket;

-- ai_fetches by page, with [1]
select bucket, d0,
  sum(fetches) as m0_fetches,
  count(*) as m0_rows
from (
select i.day as bucket, coalesce(nullif(i.texts->>'page', ''), '(not set)') as d0, null as person, i.numbers->>'fetches' as fetches
from imports i
where i.site = ?1 and i.kind = 'ai_fetches'
  and i.day between 0 and 1
)
group by bucket, d0;
