select quota_from from cron_runs where quota_from is not null and since >= ?1 order by since desc limit 1
