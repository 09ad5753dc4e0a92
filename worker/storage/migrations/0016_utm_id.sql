-- What utm_id of the landing page's address says, '' of every source that was stored before.
--
-- A source is found by all of its strings, so its key must hold the new one, and SQLite changes no constraint of a
-- table: the rows are copied, with their ids. The key is an index by itself now, which a later column can replace.
create table sources_with_utm_id (
  id integer primary key,
  site integer not null,
  channel text not null,
  source text not null,
  medium text not null,
  campaign text not null,
  term text not null,
  content text not null,
  referrer text not null,
  utm_id text not null default ''
) strict;

insert into sources_with_utm_id (id, site, channel, source, medium, campaign, term, content, referrer)
select id, site, channel, source, medium, campaign, term, content, referrer from sources;

drop table sources;

alter table sources_with_utm_id rename to sources;

create unique index sources_by_strings on sources (
  site, channel, source, medium, campaign, term, content, referrer, utm_id
);
