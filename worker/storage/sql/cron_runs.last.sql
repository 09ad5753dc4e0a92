select until from cron_runs order by since desc limit 1
