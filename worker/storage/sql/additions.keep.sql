-- Keeps what was counted of the last day, in place of the day ?4 days before.
insert into additions (site, dictionary, sender, day, count)
select site, ?2, cast(day % ?4 as text), day, count from additions where site = ?1 and dictionary = ?3 and sender = 'browser'
on conflict do update set day = excluded.day, count = excluded.count
