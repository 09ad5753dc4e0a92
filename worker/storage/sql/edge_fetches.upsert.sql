insert into edge_fetches (site, day, tried, problem) values (?1, ?2, ?3, ?4)
on conflict do update set day = excluded.day, tried = excluded.tried, problem = excluded.problem
