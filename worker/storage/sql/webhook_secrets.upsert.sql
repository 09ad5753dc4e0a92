insert into webhook_secrets (site, provider, secret) values (?1, ?2, ?3)
on conflict do update set secret = excluded.secret
