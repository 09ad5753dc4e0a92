-- The refunds of these transactions. Without `indexed by` the planner reads all events of the site. 11 is
-- refund in shared/events.ts; a partial index needs the number itself.
select e.transaction_id, e.hour * 3600000 + e.at as time, e.visitor, e.id, e.currency, e.value, e.items
from json_each(?2) j
cross join events e indexed by refunds_of_orders on e.site = ?1 and e.transaction_id = j.value and e.name = 11
