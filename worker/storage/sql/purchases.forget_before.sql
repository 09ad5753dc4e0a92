-- Empties purchases before a time that later ones of the same transaction repeat: see migration 0012.
update purchases
set context = '[null,null,null,null,null]', amounts = '[]'
where site = ?1 and time < ?2 and amounts != '[]'
  and exists (
    select 1 from purchases later
    where later.site = ?1 and later.transaction_id = purchases.transaction_id and later.time >= ?2
  )
