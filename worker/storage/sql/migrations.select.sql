-- Names of the migrations that wrangler, or the local server, has applied.
select name from d1_migrations order by id
