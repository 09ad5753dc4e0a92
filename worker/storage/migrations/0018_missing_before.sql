-- Rollups of days before this local day may lack measures: after a change of settings or a release, the cron adds them
-- to the newest days first. 0: no day lacks any.
alter table rollups add column missing_before integer not null default 0;
