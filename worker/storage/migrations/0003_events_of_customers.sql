-- What people buy, subscribe to and sign up for is rare, and asked for over all time: who was a customer
-- when. One more row is written for each of these events and for no other. The list is that of
-- `LIFECYCLE` in worker/query/compile/lifecycle.ts; the planner takes the index where the two agree.
create index events_of_customers on events (site, name, hour)
where name in (10, 11, 12, 13, 14, 16, 17, 18, 19);

-- The refunds of an order.
create index refunds_of_orders on events (site, transaction_id) where name = 11;
