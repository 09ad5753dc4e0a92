-- Page views and events that were counted until a filter excluded them, each in a row of its own. `|` adds the bits of the verdicts.
insert into excluded_traffic (site, day, id, verdicts, counted, requests, page, network, agent, filters, events)
select ?1, value->>0, value->>1, value->>2, 0, 1, value->>3, '', value->>4, value->>5, value->>6
from json_each(?2)
where true
on conflict do update set
  verdicts = verdicts | excluded.verdicts,
  counted = 0,
  filters = excluded.filters,
  events = substr(events, 1, length(events) - 1) || ',' || substr(excluded.events, 2)
