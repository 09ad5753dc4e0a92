-- Who was active on a day that is rolled up, so that its first part can be counted without reading its sessions.
create table day_people (
  site integer not null,
  -- The site's local day, days since 1970.
  day integer not null,
  -- Of the rollup by '' of that day, when this was made.
  version integer not null,
  -- JSON: the numbers of those who were active, null for too many.
  people text not null,
  -- JSON, in the same order: milliseconds from midnight to the begin of the first session of each of them.
  begins text not null,
  primary key (site, day)
) strict, without rowid;
