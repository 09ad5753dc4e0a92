-- Rollups of days whose events are deleted cannot be built again and stay.
delete from sums where site = ?1 and day >= (select kept_day from sites where id = ?1)
