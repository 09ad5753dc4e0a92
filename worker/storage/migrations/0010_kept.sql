-- Where a site's kept facts begin. What happened before (epoch milliseconds) is summed up for good: no event of that
-- time is taken, no answer is made from its facts, and most of them are gone.
alter table sites add column kept_from integer not null default 0;

-- The first local day of which that is not so. Days before keep the sums that they had, whatever the time zone is now.
alter table sites add column kept_day integer not null default 0;
