-- Only forward, and only while the rollups of the days before are complete: no late event, no stale hour, no
-- day without its rollup, and no newer sessions than those that were checked.
update sites set kept_from = cast(?2 as integer), kept_day = cast(?3 as integer)
where id = ?1 and kept_from < ?2 and kept_day < ?3
  and (select version from settlements where site = ?1) = ?4
  and not exists (select 1 from dirty where site = ?1 and hour <= ?2 / 3600000)
  and not exists (select 1 from touched where site = ?1 and first_hour <= ?2 / 3600000)
  and not exists (
    select 1 from views
    where site = ?1 and hour >= ?5 and hour <= ?2 / 3600000
      and hour * 3600000 + at >= (select until from rollups where site = ?1) and hour * 3600000 + at < ?2
  )
  and not exists (
    select 1 from events
    where site = ?1 and hour >= ?5 and hour <= ?2 / 3600000
      and hour * 3600000 + at >= (select until from rollups where site = ?1) and hour * 3600000 + at < ?2
  )
