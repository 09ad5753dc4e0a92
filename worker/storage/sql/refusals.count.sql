-- All rows are of one site and day. Anybody can send names of properties: those after the first 50 of a day count as one.
insert into refusals (site, day, reason, count)
select
  value->>0,
  value->>1,
  case
    when value->>2 not glob 'property:*'
      or (
        select count(*) from refusals
        where site = ?1->>'$[0][0]' and day = ?1->>'$[0][1]' and reason between 'property:' and 'property;'
      ) < 50
      or exists (select 1 from refusals where site = value->>0 and day = value->>1 and reason = value->>2)
      then value->>2
    else 'property:(other)'
  end,
  value->>3
from json_each(?1)
where true
on conflict do update set count = count + excluded.count
