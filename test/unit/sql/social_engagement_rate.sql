-- social_engagement_rate in total, with [1]
select bucket,
  sum(engagements) as m0_part,
  sum(impressions) as m0_whole,
  count(*) as m0_rows
from (
select i.day as bucket, null as person, i.numbers->>'impressions' as impressions, i.numbers->>'engagements' as engagements
from imports i
where i.site = ?1 and i.kind = 'social'
  and i.day between 0 and 1
)
group by bucket;
