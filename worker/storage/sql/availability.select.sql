-- The stored availability of a site's metrics, and the kinds of data it has. Sessions are derived later, so page views
-- and events of the last hours are searched for persistent ids too, each hour by an index seek. ?3: this hour.
with recursive hours (hour) as (
  select ?3
  union all
  select hour - 1 from hours
  where hour > ?3 - 48 and hour > coalesce((select settled / 3600000 from settlements where site = ?1), 0)
)
select
  (select metrics from availability where site = ?1) as metrics,
  (select json_group_array(name) from sent_events where site = ?1) as events,
  (
    select json_group_array(value) from json_each(?2)
    where exists (select 1 from imports i where i.site = ?1 and i.kind = value)
  ) as imports,
  exists (select 1 from visits where site = ?1 and visitor < 0)
    or exists (select 1 from hours cross join views v on v.site = ?1 and v.hour = hours.hour and v.visitor < 0)
    or exists (select 1 from hours cross join events e on e.site = ?1 and e.hour = hours.hour and e.visitor < 0)
    as persistent,
  exists (select 1 from identities where site = ?1) as identities,
  exists (select 1 from views where site = ?1) or exists (select 1 from events where site = ?1) as activity,
  (select until from rollups where site = ?1) as until
