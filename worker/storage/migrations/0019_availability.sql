-- Built-in events that were sent at least once since this migration, by their ids in shared/events.ts.
create table sent_events (
  site integer not null,
  name integer not null,
  primary key (site, name)
) strict, without rowid;

-- Why each metric has no value, as of when it was asked last: see worker/query/available/metricState.ts.
create table availability (
  site integer primary key,
  -- JSON
  metrics text not null
) strict;
