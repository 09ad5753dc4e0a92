-- Adds to what a site received on a day, and returns the sum.
insert into additions (site, dictionary, sender, day, count)
values (?1, ?2, ?3, ?4, cast(?5 as integer))
on conflict do update set
  count = case when day = excluded.day then count else 0 end + excluded.count,
  day = excluded.day
returning count
