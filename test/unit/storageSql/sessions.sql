-- VISITS_UPSERT
insert into visits (site, hour, visitor, at, next, last, duration, cut, seen, views, clicks, actions, events, entry, exit, source, place, device)
select ?1, value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7, value->>8, coalesce(value->>9, -1), value->>10, value->>11, value->>12, value->>13, value->>14, value->>15, value->>16
from json_each(?2)
where true
on conflict do update set next = excluded.next, last = excluded.last, duration = excluded.duration, cut = excluded.cut, seen = excluded.seen, views = excluded.views, clicks = excluded.clicks, actions = excluded.actions, events = excluded.events, entry = excluded.entry, exit = excluded.exit, source = excluded.source, place = excluded.place, device = excluded.device;

-- VISITS_SELECT_HOUR_RANGE
select v.hour as hour, v.visitor as visitor, v.at as at, v.next as next, v.last as last, v.duration as duration, v.cut as cut, v.seen as seen, v.views as views, nullif(v.clicks, -1) as clicks, v.actions as actions, v.events as events, v.entry as entry, v.exit as exit, v.source as source, v.place as place, v.device as device
from visits v
where v.site = ?1 and v.hour between ?2 and ?3;

-- VISITS_SELECT_HOURS
select v.hour as hour, v.visitor as visitor, v.at as at, v.next as next, v.last as last, v.duration as duration, v.cut as cut, v.seen as seen, v.views as views, nullif(v.clicks, -1) as clicks, v.actions as actions, v.events as events, v.entry as entry, v.exit as exit, v.source as source, v.place as place, v.device as device
from json_each(?2) j
cross join visits v on v.site = ?1 and v.hour = j.value->>1 and v.visitor = j.value->>0;
