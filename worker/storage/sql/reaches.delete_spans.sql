-- Of visitors of whom nothing stays.
delete from reaches
where (site, hour, visitor, began) in (
  with recursive spans(visitor, hour, last, since, until) as (
    select value->>0, value->>1, value->>2, value->>3, value->>4 from json_each(?2)
    union all
    select visitor, hour + 1, last, since, until from spans where hour < last
  )
  select r.site, r.hour, r.visitor, r.began
  from spans t
  cross join reaches r on r.site = ?1 and r.hour = t.hour and r.visitor = t.visitor
)
