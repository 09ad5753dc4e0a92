-- The state of a site that a query depends on.
select
  (select version from settlements where site = ?1) as version,
  exists (select 1 from identities where site = ?1) as has_identities,
  (select kept_from from sites where id = ?1) as kept_from,
  (select kept_day from sites where id = ?1) as kept_day,
  (
    select json_group_array(json_array(name, id)) from names
    where site = ?1 and name in (select value from json_each(?2))
  ) as former_events,
  (
    select json_group_array(json_array(quota_from, since)) from (
      select quota_from, since from cron_runs where quota_from is not null order by since
    )
  ) as outages
