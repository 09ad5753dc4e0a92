-- When the cron ran: one row for each span of time in which no run was missing, epoch milliseconds.
create table cron_runs (
  since integer primary key,
  until integer not null,
  -- Set where no run succeeded before this span because the rows of a day were used up: the last run until then.
  quota_from integer
);
