-- Traffic that is taken for something other than people, apart from what questions read: one row a page view. Neither an
-- address nor a User-Agent is in it.
create table excluded_traffic (
  site integer not null,
  -- UTC, days since 1970.
  day integer not null,
  -- The record id of the page view or event that its first request began with; negative if a filter excluded it after it was
  -- counted.
  id integer not null,
  -- Bit n is set for the nth of `VERDICTS` in shared/verdicts.ts.
  verdicts integer not null,
  -- 1 while its events are in `views` and `events` too, and so in the answers.
  counted integer not null,
  -- How many requests it stands for: beyond the first of a day, only one of several is kept.
  requests integer not null,
  -- Path of the page.
  page text not null,
  -- Number and name of the network, '' where it is unknown.
  network text not null,
  -- Family of the program, such as Googlebot, or name of the browser.
  agent text not null,
  -- Keyed hashes of the entries of `settings.filters_out` that excluded it.
  filters text not null,
  -- The rows that its events would have been stored as.
  events text not null,
  primary key (site, day, id)
) strict, without rowid;
