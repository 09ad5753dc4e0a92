-- A purchase whose time has come stays, without what it said, for as long as one of the same transaction is kept:
-- that one was no order, and is none now. See worker/storage/sql/purchases.forget_before.sql.
drop view orders;

create view orders as
select
  site, transaction_id, time, id, amounts,
  owner_visitor as visitor, owner_context as context
from (
  select
    site, transaction_id, time, id, amounts,
    row_number() over earliest as place,
    first_value(visitor) over browsers_first as owner_visitor,
    first_value(context) over browsers_first as owner_context
  from purchases
  window
    earliest as (partition by site, transaction_id order by time, sent_id, sent_visitor, id, visitor),
    browsers_first as (partition by site, transaction_id order by browser desc, time, sent_id, sent_visitor, id, visitor)
)
where place = 1 and amounts != '[]';
