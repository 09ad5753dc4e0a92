-- Extends the last span of runs to ?1, or begins another after a gap of ?2. The gap is due to a day's rows being used up if
-- this isolate was told so (?3), or if it ended at a midnight ?4 that began the day after.
insert into cron_runs (since, until, quota_from)
select
  case when last.until > ?1 - ?2 then last.since else ?1 end,
  ?1,
  case when last.until <= ?1 - ?2 and (?3 or (last.until >= ?4 - 86400000 and last.until < ?4)) then last.until end
from (select 1) left join (select since, until from cron_runs order by since desc limit 1) as last
where true
on conflict (since) do update set until = excluded.until
