-- A page view that did not report how deep it was scrolled, or how often it was clicked, holds -1: the columns take no
-- null, and SQLite cannot change that without writing every row anew. A session none of whose page views reported its
-- clicks holds -1 as well. The largest of -1 and any number is the number, so that running totals stay plain maxima.
--
-- The script reports both whenever a page is left, and its depth is never 0. Rows with 0 for both are page views that
-- were never left, or that a server sent.
update views set depth = -1, clicks = -1 where depth = 0 and clicks = 0;

-- The sessions of such page views alone, as far as one look each finds out: page views of a user stand under other
-- visitors, and those of a session lie in its first two hours but for a few.
update visits set clicks = -1
where clicks = 0 and (
  seen = 0
  or not exists (select 1 from identities i where i.site = visits.site and i.user = visits.visitor)
  and not exists (
    select 1 from views v
    where v.site = visits.site and v.hour in (visits.hour, visits.hour + 1) and v.visitor = visits.visitor
      and v.clicks >= 0
  )
);
