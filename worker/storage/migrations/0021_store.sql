-- Where a site's events are: 'd1' in this database, 'objects' in an object of the site's own.
alter table sites add column store text not null default 'd1';
