-- Numbers of whole days that another tool counted: in total, where dimension and value are '', and by one dimension. What
-- the tool does not say is null.
create table imported_days (
  site integer not null,
  dimension text not null,
  -- Days since 1970 of the site's local day.
  day integer not null,
  value text not null,
  visitors integer,
  sessions integer,
  pageviews integer,
  bounces integer,
  engaged_sessions integer,
  -- Of all its sessions together, seconds.
  duration integer,
  events integer,
  primary key (site, dimension, day, value)
) strict, without rowid;

-- The first and the last imported day, null without any, and the tools that counted them: known with the site, so that the
-- others read nothing for it.
alter table sites add column imported_from integer;
alter table sites add column imported_to integer;
alter table sites add column imported_source text not null default '';
