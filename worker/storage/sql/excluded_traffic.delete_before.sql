delete from excluded_traffic where site in (select id from sites) and day < ?1
