-- How fast a page view was: Largest Contentful Paint and Interaction to Next Paint in milliseconds, and Cumulative Layout
-- Shift in ten-thousandths. -1, as in all earlier rows, was not reported.
alter table views add column lcp integer not null default -1;
alter table views add column inp integer not null default -1;
alter table views add column cls integer not null default -1;
