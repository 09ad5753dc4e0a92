insert into restores (site, domain, header, part) values (?1, ?2, ?3, ?4) on conflict do nothing
