-- When a visitor turns out to be a user, the sessions of the visitor, and of every user it was linked to, are
-- derived again. The hours of a daily id are tried one by one; the index visits_lasting finds those of
-- persistent ids.
insert into dirty (site, visitor, hour, changes)
with
  claims as (select value->>0 as visitor, value->>3 as first_hour from json_each(?2)),
  persons as (
    select visitor from claims
    union
    select i.user from claims c cross join identities i on i.site = ?1 and i.visitor = c.visitor
  ),
  touched as (
    select v.visitor, v.hour from persons p cross join visits v on v.site = ?1 and v.visitor = p.visitor and v.visitor < 0
    union
    select f.visitor, f.hour
    from claims c
    cross join json_each('[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25]') h
    cross join views f on f.site = ?1 and f.hour = c.first_hour + h.value and f.visitor = c.visitor
    where c.visitor > 0
    union
    select f.visitor, f.hour
    from claims c
    cross join json_each('[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25]') h
    cross join events f on f.site = ?1 and f.hour = c.first_hour + h.value and f.visitor = c.visitor
    where c.visitor > 0
  )
select ?1, visitor, hour, 1
from touched
where (changes() > 0 or ?3) and hour * 3600000 < (select closing from settlements where site = ?1)
on conflict do update set changes = changes + 1
