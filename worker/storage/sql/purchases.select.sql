-- The transactions that a write key has sent already. A browser's copy does not count.
select j.value as transaction_id
from json_each(?2) j
where exists (select 1 from purchases p where p.site = ?1 and p.transaction_id = j.value and p.browser = 0)
