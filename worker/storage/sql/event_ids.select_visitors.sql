-- The ids of these visitors' events. There is no index for it: it is asked when a person asks, and would
-- cost a row for each event.
select key, time, sent_visitor, visitor, transaction_id
from event_ids
where site = ?1 and visitor in (select value from json_each(?2))
