-- Rollups of days before this one may lack measures: after a change of settings or a release they are added, the newest
-- days first. 0 for none.
alter table rollups add column missing_before integer not null default 0;
