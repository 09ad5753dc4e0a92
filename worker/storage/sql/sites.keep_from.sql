-- Only forward, and only while what the days before add up to is made from all there is of them: nothing marked,
-- nothing to be rolled up or to be rolled up again, nothing settled since it was looked at.
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
