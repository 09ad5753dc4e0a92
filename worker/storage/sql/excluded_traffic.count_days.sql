select day, count(*) as count from excluded_traffic where site = ?1 group by day order by day
