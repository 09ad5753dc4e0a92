-- Whether the browser sent Global Privacy Control: 'yes', or '' where it did not and in earlier rows.
--
-- As in 0016, the rows are copied with their ids, since the key must hold the new string.
create table devices_with_gpc (
  id integer primary key,
  site integer not null,
  device text not null,
  browser text not null,
  os text not null,
  language text not null,
  gpc text not null default ''
) strict;

insert into devices_with_gpc (id, site, device, browser, os, language)
select id, site, device, browser, os, language from devices;

drop table devices;

alter table devices_with_gpc rename to devices;

create unique index devices_by_strings on devices (site, device, browser, os, language, gpc);
