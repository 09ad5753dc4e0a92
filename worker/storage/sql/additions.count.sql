-- Counts the rows that the statement before this one added.
insert into additions (site, dictionary, sender, day, count)
select ?1, ?2, ?3, ?4, changes()
where changes() > 0
on conflict do update set
  count = case when day = excluded.day then count else 0 end + excluded.count,
  day = excluded.day
