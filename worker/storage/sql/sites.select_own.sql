-- The site of an object's database, which holds one.
select id, domain from sites limit 1
