-- Days of which every table must be written again, as something changed in these hours.
update exported_days
set missing = tables, changes = changes + 1
where site = ?1
  and last_hour >= (select min(value->>0) from json_each(?2))
  and exists (select 1 from json_each(?2) where value->>0 <= last_hour and value->>1 >= first_hour)
