-- Addresses that answer one query, as CSV, to whoever knows them.
create table shares (
  id integer primary key autoincrement,
  site integer not null,
  name text not null,
  -- SHA-256 of the token in the address, hex. The token itself is shown once and kept nowhere.
  digest text not null unique,
  -- The query as it was sent, JSON.
  query text not null,
  created integer not null,
  -- Epoch milliseconds, null for an address that stays until it is removed.
  expires integer
) strict;

create index shares_by_site on shares (site);

-- Days whose rows are written to R2, by their last hour, so that the days in which hours lie are found by the key.
create table exported_days (
  site integer not null,
  last_hour integer not null,
  first_hour integer not null,
  -- Local day, days since 1970.
  day integer not null,
  -- How many tables there are, and how many of them are still to be written, the last ones in their order.
  tables integer not null,
  missing integer not null,
  -- Counts the changes of the day, so that one that comes while a table is written is not lost.
  changes integer not null,
  primary key (site, last_hour)
) strict, without rowid;

create index exported_days_missing on exported_days (site, last_hour) where missing > 0;
