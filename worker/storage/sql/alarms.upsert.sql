insert into alarms (site, alarm, checked, since) values (?1, ?2, ?3, ?4)
on conflict do update set checked = excluded.checked, since = excluded.since
