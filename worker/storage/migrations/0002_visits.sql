-- Derived from the facts by worker/sessions; can be dropped and made again.

create table visits (
  site integer not null,
  -- Beginning: epoch hour and milliseconds after it.
  hour integer not null,
  visitor integer not null,
  at integer not null,
  -- Who the visitor is after the first midnight, where that is another id.
  next integer,
  -- Milliseconds from the beginning to the start of the last activity: the days it was seen on, in
  -- whatever time zone.
  last integer not null,
  -- Milliseconds from the beginning to the end of the last activity.
  duration integer not null,
  -- Milliseconds from the beginning to the next visit, where 24 hours, not a pause, ended this one.
  cut integer,
  seen integer not null,
  views integer not null,
  clicks integer not null,
  -- Activity other than page views.
  actions integer not null,
  -- Bit n is set when the visit holds the event with id n.
  events integer not null,
  entry integer,
  exit integer,
  source integer,
  place integer,
  device integer,
  primary key (site, hour, visitor, at)
) strict, without rowid;

create index visits_lasting on visits (site, visitor, hour) where visitor < 0;

-- How far a site is settled. Visits that ended half an hour before `settled` are in visits; facts that
-- arrive for a time before `closing` leave a mark in dirty. `open` lists [visitor, hour] of the rest.
create table settlements (
  site integer primary key,
  version integer not null,
  settled integer not null,
  closing integer not null,
  open text not null
) strict;

-- Hours of a visitor whose facts changed after they were settled.
create table dirty (
  site integer not null,
  visitor integer not null,
  hour integer not null,
  -- Counts the changes, so that one that comes while a settling runs is not lost.
  changes integer not null,
  primary key (site, visitor, hour)
) strict, without rowid;
