-- Except those that later ones of the same transaction repeat: see migration 0012.
delete from purchases
where site = ?1 and time < ?2
  and not exists (
    select 1 from purchases later
    where later.site = ?1 and later.transaction_id = purchases.transaction_id and later.time >= ?2
  )
