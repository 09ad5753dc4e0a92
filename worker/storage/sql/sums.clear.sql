-- Of days whose facts are gone they cannot be made again.
delete from sums where site = ?1 and day >= (select kept_day from sites where id = ?1)
