-- What days that are over add up to, made from visits and facts by worker/rollups; can be dropped and made again.

create table sums (
  site integer not null,
  -- '' for totals, else the dimension that the groups are of.
  dimension text not null,
  -- The site's local day, days since 1970.
  day integer not null,
  -- A day with many groups has several rows.
  part integer not null,
  -- settlements.version of what it was made from.
  version integer not null,
  -- Of totals: when the first session began that can hold something of the next day, null for none.
  reach integer,
  -- JSON, see worker/rollups/rollupText.ts.
  cells text not null,
  primary key (site, dimension, day, part)
) strict, without rowid;

-- How far a site is rolled up: every local day before `until` has its sums, or nothing happened on it.
create table rollups (
  site integer primary key,
  -- Epoch milliseconds.
  until integer not null,
  -- The time zone of the days.
  zone text not null,
  -- Since when the time zone is that one: before, a visitor of one day can have been seen on two of its days.
  since integer not null,
  -- Hash of how the sums are made: when it changes they are made again.
  rules text not null
) strict;

-- Hours before `until` whose facts or visits changed since their days were rolled up.
create table touched (
  site integer not null,
  first_hour integer not null,
  last_hour integer not null,
  -- settlements.version once the change is settled.
  version integer not null,
  primary key (site, first_hour, last_hour)
) strict, without rowid;

-- What the visits of a day that is not rolled up yet add up to, as long as nothing was settled since `version`.
create table running (
  site integer not null,
  day integer not null,
  version integer not null,
  -- The time zone of the day.
  zone text not null,
  -- JSON, as in sums: of sessions only.
  cells text not null,
  -- JSON: the numbers of those who were active, null for too many.
  people text not null,
  primary key (site, day)
) strict, without rowid;

-- What the facts of settled hours add up to, on busy days that are not rolled up yet. When one of them changes, the
-- hour's rows go.
create table hour_sums (
  site integer not null,
  dimension text not null,
  hour integer not null,
  -- JSON, as in sums: of facts only.
  cells text not null,
  primary key (site, dimension, hour)
) strict, without rowid;
