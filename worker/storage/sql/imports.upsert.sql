insert into imports (site, kind, day, row_key, texts, currency, numbers)
select ?1, ?2, value->>0, value->>1, value->>2, value->>3, value->>4
from json_each(?3)
where true
on conflict do update set currency = excluded.currency, numbers = excluded.numbers
where (excluded.currency, excluded.numbers) is not (currency, numbers)
