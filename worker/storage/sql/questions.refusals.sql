-- Rejected and filtered events of some UTC days, by reason.
select reason, sum(count) as count from refusals where site = ?1 and day between ?2 and ?3 group by reason
