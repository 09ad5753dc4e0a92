insert into imported_days (
  site, dimension, day, value, visitors, sessions, pageviews, bounces, engaged_sessions, duration, events
)
select
  ?1, value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7, value->>8, value->>9
from json_each(?2)
where true
on conflict do update set
  visitors = excluded.visitors,
  sessions = excluded.sessions,
  pageviews = excluded.pageviews,
  bounces = excluded.bounces,
  engaged_sessions = excluded.engaged_sessions,
  duration = excluded.duration,
  events = excluded.events
where (
  excluded.visitors, excluded.sessions, excluded.pageviews, excluded.bounces, excluded.engaged_sessions,
  excluded.duration, excluded.events
) is not (visitors, sessions, pageviews, bounces, engaged_sessions, duration, events)
