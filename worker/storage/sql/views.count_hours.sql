-- Page views of some hours.
select hour, count(*) as views from views where site = ?1 and hour in (select value from json_each(?2)) group by hour
