-- Sites and their keys.

create table sites (
  id integer primary key autoincrement,
  domain text not null unique,
  name text not null,
  timezone text not null,
  currency text not null,
  settings text not null,
  -- Keys the hashes of lasting ids and of users: they are of no use on another site.
  secret text not null,
  created integer not null
) strict;

create table keys (
  id integer primary key autoincrement,
  site integer not null,
  name text not null,
  scope text not null,
  -- SHA-256 of the secret string, hex. The string itself is shown once and kept nowhere.
  digest text not null unique,
  created integer not null
) strict;

create index keys_by_site on keys (site);

-- Keys the hash of a day's cookieless visitors. Destroyed within 48 hours of being made.
create table salts (
  site integer not null,
  day integer not null,
  salt text not null,
  created integer not null,
  primary key (site, day)
) strict, without rowid;

-- Repeated strings of the facts, '' where there is none.

create table pages (
  id integer primary key,
  site integer not null,
  hostname text not null,
  path text not null,
  unique (site, hostname, path)
) strict;

create table sources (
  id integer primary key,
  site integer not null,
  channel text not null,
  source text not null,
  medium text not null,
  campaign text not null,
  term text not null,
  content text not null,
  referrer text not null,
  unique (site, channel, source, medium, campaign, term, content, referrer)
) strict;

create table places (
  id integer primary key,
  site integer not null,
  country text not null,
  region text not null,
  city text not null,
  unique (site, country, region, city)
) strict;

create table devices (
  id integer primary key,
  site integer not null,
  device text not null,
  browser text not null,
  os text not null,
  language text not null,
  unique (site, device, browser, os, language)
) strict;

-- Custom event names; the known ones have their ids from shared/events.ts.
create table names (
  id integer primary key,
  site integer not null,
  name text not null,
  unique (site, name)
) strict;

-- Facts. `hour` is the epoch hour of the beginning, `at` the milliseconds after it. A visitor below 0
-- has a lasting id, any other is one of a day. The keys begin with site and hour, so that a period is a
-- range of the key, and hold the record's own id, so that a repeated record finds its row.

create table views (
  site integer not null,
  hour integer not null,
  visitor integer not null,
  id integer not null,
  at integer not null,
  page integer not null,
  source integer,
  place integer,
  device integer,
  -- The visitor under the salt of the day before, in the first hours of a day.
  previous integer,
  -- Running totals: visible milliseconds, deepest share of the page in percent, clicks.
  seen integer not null,
  depth integer not null,
  clicks integer not null,
  primary key (site, hour, visitor, id)
) strict, without rowid;

-- Later hours that a page was still seen in, so that who starts from there finds the hour it began.
create table reaches (
  site integer not null,
  hour integer not null,
  visitor integer not null,
  began integer not null,
  primary key (site, hour, visitor, began)
) strict, without rowid;

create table events (
  site integer not null,
  hour integer not null,
  visitor integer not null,
  id integer not null,
  at integer not null,
  name integer not null,
  -- 1 when the event begins or lengthens a session.
  active integer not null,
  page integer,
  source integer,
  place integer,
  device integer,
  previous integer,
  -- Money in minor units of the currency.
  currency text,
  value integer,
  tax integer,
  shipping integer,
  transaction_id text,
  items text,
  properties text,
  primary key (site, hour, visitor, id)
) strict, without rowid;

-- Every purchase that was sent, also those that repeat an order: events holds one row per order, made
-- from these. `context` and `amounts` are what it gives to that row.
create table purchases (
  site integer not null,
  transaction_id text not null,
  time integer not null,
  -- Decide between purchases of one time: the id and the visitor id as they were sent.
  sent_id text not null,
  sent_visitor text not null,
  id integer not null,
  visitor integer not null,
  -- 1 when a browser sent it.
  browser integer not null,
  context text not null,
  amounts text not null,
  primary key (site, transaction_id, time, sent_id, sent_visitor, id, visitor)
) strict, without rowid;

-- Ids given by senders, each with the one event it stands for: the earliest.
create table event_ids (
  site integer not null,
  -- Hash of the id.
  key integer not null,
  time integer not null,
  sent_visitor text not null,
  visitor integer not null,
  id integer not null,
  transaction_id text,
  primary key (site, key)
) strict, without rowid;

-- Which user a visitor turned out to be, from the first time the two were seen together.
create table identities (
  site integer not null,
  visitor integer not null,
  user integer not null,
  since integer not null,
  primary key (site, visitor, user)
) strict, without rowid;

create index identities_by_user on identities (site, user);

-- What was refused or dropped, by reason and UTC day.
create table refusals (
  site integer not null,
  day integer not null,
  reason text not null,
  count integer not null,
  primary key (site, day, reason)
) strict, without rowid;

-- One row an order: of purchases with one transaction_id the earliest, in the visit of the browser
-- that sent one of them too.
create view orders as
select
  site, transaction_id, time, id, amounts,
  owner_visitor as visitor, owner_context as context
from (
  select
    site, transaction_id, time, id, amounts,
    row_number() over earliest as place,
    first_value(visitor) over browsers_first as owner_visitor,
    first_value(context) over browsers_first as owner_context
  from purchases
  window
    earliest as (partition by site, transaction_id order by time, sent_id, sent_visitor, id, visitor),
    browsers_first as (partition by site, transaction_id order by browser desc, time, sent_id, sent_visitor, id, visitor)
)
where place = 1;
