-- Built-in events that a site has sent since this migration. `name` is the id of shared/events.ts.
create table sent_events (
  site integer not null,
  name integer not null,
  primary key (site, name)
) strict, without rowid;

-- The availability of each metric when it was last computed.
create table availability (
  site integer primary key,
  -- JSON: see worker/query/available/metricState.ts.
  metrics text not null
) strict;
