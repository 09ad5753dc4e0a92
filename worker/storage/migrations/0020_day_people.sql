-- Who was active on a rolled-up day: counts the people of its first hours without reading their sessions.
create table day_people (
  site integer not null,
  -- The site's local day, days since 1970.
  day integer not null,
  -- The version of the day's totals in `sums` when this row was built.
  version integer not null,
  -- JSON: the visitor ids of those who were active; null if there are too many for one text.
  people text not null,
  -- JSON, in the same order: when the first session of each began, in milliseconds after midnight.
  begins text not null,
  primary key (site, day)
) strict, without rowid;
