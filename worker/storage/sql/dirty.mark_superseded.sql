-- Makes the hours stale of rows that an earlier event with the same id supersedes: through the end of a page
-- view's visible time, and half an hour to both sides, where its neighbours are.
insert into dirty (site, visitor, hour, changes)
select k.site, k.visitor, (k.time - 1800000) / 3600000 + span.value, 1
from json_each(?2) j
cross join event_ids k on k.site = ?1 and k.key = j.value->>0
left join views v on v.site = k.site and v.hour = k.time / 3600000 and v.visitor = k.visitor and v.id = k.id
cross join json_each('[0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25]') span
where (j.value->>1, j.value->>2, j.value->>4) < (k.time, k.sent_visitor, k.id)
  and k.time < (select closing from settlements where site = ?1)
  and span.value <= (k.time + coalesce(v.seen, 0) + 1800000) / 3600000 - (k.time - 1800000) / 3600000
on conflict do update set changes = changes + 1
