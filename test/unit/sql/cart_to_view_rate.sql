-- cart_to_view_rate in total, with [1]
with sessions as (
select visitor as person, hour * 3600000 + at as begin, views, events, entry, exit, 0 as open
from visits
where site = ?1 and hour >= 0 and hour <= 48 and hour * 3600000 + at >= 0 and hour * 3600000 + at < 172800000
)
select bucket,
  sum(viewed and added) as m0_numerator,
  sum(viewed) as m0_denominator,
  sum(viewed and open) as m0_pending
from (
select ((s.begin + 0) / 86400000) as bucket, s.*, s.views > 0 as saw, s.entry is not null as entered, s.exit is not null as exited, (coalesce((events & 8) != 0, 0)) as viewed, (coalesce((events & 16) != 0, 0)) as added
from sessions s
)
group by bucket;

-- cart_to_view_rate by channel, with [1]
with sessions as (
select visitor as person, hour * 3600000 + at as begin, views, events, entry, exit, source, 0 as open
from visits
where site = ?1 and hour >= 0 and hour <= 48 and hour * 3600000 + at >= 0 and hour * 3600000 + at < 172800000
)
select bucket, d0,
  sum(viewed and added) as m0_numerator,
  sum(viewed) as m0_denominator,
  sum(viewed and open) as m0_pending
from (
select ((s.begin + 0) / 86400000) as bucket, coalesce(nullif(src.channel, ''), 'Direct') as d0, s.*, s.views > 0 as saw, s.entry is not null as entered, s.exit is not null as exited, (coalesce((events & 8) != 0, 0)) as viewed, (coalesce((events & 16) != 0, 0)) as added
from sessions s
left join sources src on src.id = s.source
)
group by bucket, d0;
