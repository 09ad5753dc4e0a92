delete from purchases
where (site, transaction_id, time, sent_id, sent_visitor, id, visitor) in (
  select ?1, value->>0, value->>1, value->>2, value->>3, value->>4, value->>5 from json_each(?2)
)
