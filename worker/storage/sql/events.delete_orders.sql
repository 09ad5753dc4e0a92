-- The orders of these transactions, and of those an earlier event with the same id takes a purchase from.
delete from events
where (site, hour, visitor, id) in (
  select o.site, o.time / 3600000, o.visitor, o.id
  from orders o
  where o.site = ?1 and o.transaction_id in (
      select value from json_each(?2)
      union
      select k.transaction_id
      from json_each(?3) j
      cross join event_ids k on k.site = ?1 and k.key = j.value->>0
      where k.transaction_id is not null
        and (j.value->>1, j.value->>2, j.value->>4) < (k.time, k.sent_visitor, k.id)
    )
)
