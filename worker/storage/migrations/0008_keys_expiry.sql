-- Epoch milliseconds, null for a key that stays until it is removed.
alter table keys add column expires integer;
