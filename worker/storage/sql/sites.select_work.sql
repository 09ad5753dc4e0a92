-- What is left to do for a site: the hours of its first and last event and of the first one that is not rolled up, how far it
-- is settled, what is stale, since when events are kept, when the salt that must be destroyed first was made, and
-- the first day of excluded traffic. SQLite finds one minimum or maximum by the key, two of one select by reading all rows.
select
  (
    select min(hour) from (
      select min(hour) as hour from views where site = ?1
      union all
      select min(hour) as hour from events where site = ?1
    )
  ) as first_hour,
  (
    select max(hour) from (
      select max(hour) as hour from views where site = ?1
      union all
      select max(hour) as hour from events where site = ?1
    )
  ) as last_hour,
  (
    select min(hour) from (
      select min(hour) as hour from views
      where site = ?1 and hour >= (select coalesce(max(until), 0) / 3600000 from rollups where site = ?1)
      union all
      select min(hour) as hour from events
      where site = ?1 and hour >= (select coalesce(max(until), 0) / 3600000 from rollups where site = ?1)
    )
  ) as first_unrolled_hour,
  (select settled from settlements where site = ?1) as settled,
  (select open from settlements where site = ?1) as open,
  exists (select 1 from dirty where site = ?1)
    or exists (select 1 from touched where site = ?1)
    or exists (select 1 from rollups where site = ?1 and missing_before > 0) as is_stale,
  (select kept_from from sites where id = ?1) as kept_from,
  (select min(created) from salts where site = ?1) as oldest_salt,
  (select min(day) from excluded_traffic where site = ?1) as first_excluded_day
