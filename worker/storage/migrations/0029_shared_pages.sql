-- Addresses that show pages of the dashboard to whoever knows them. Their query is null in JSON.
-- Pages, filters and hosts that may embed them, JSON; null for an address that answers a query.
alter table shares add column view text;

-- How to check the password, null without one. Without the token, which is in no table, guesses cannot be checked.
alter table shares add column password text;

-- The last minute in which somebody tried a password, minutes since 1970, and how many wrong ones there were in it.
alter table shares add column tried integer not null default 0;
alter table shares add column tries integer not null default 0;
