select site, provider from webhook_secrets where site in (select value from json_each(?1)) order by site, provider
