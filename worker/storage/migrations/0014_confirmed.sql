-- What a write key sent outranks what a browser sent: of the purchases of one transaction the earliest of a write
-- key's is the order, and only without one the earliest of a browser's.

-- 1 for money that only a browser sent; null for everything else, and for what was stored before and is no order.
alter table events add column unconfirmed integer;

-- Orders that stand on a browser's word although a server sent them too are made again.
create table made_again (
  site integer not null,
  transaction_id text not null,
  primary key (site, transaction_id)
) strict, without rowid;

insert into made_again (site, transaction_id)
select o.site, o.transaction_id
from orders o
where exists (
    select 1 from purchases p where p.site = o.site and p.transaction_id = o.transaction_id and p.browser = 1
  )
  and exists (
    select 1 from purchases p where p.site = o.site and p.transaction_id = o.transaction_id and p.browser = 0
  );

insert into dirty (site, visitor, hour, changes)
select distinct o.site, o.visitor, (o.time + side.value) / 3600000, 1
from orders o
cross join json_each('[-1800000,1800000]') side
where (o.site, o.transaction_id) in (select site, transaction_id from made_again)
  and o.time < (select closing from settlements s where s.site = o.site)
on conflict do update set changes = changes + 1;

delete from events
where (site, hour, visitor, id) in (
  select o.site, o.time / 3600000, o.visitor, o.id
  from orders o
  where (o.site, o.transaction_id) in (select site, transaction_id from made_again)
);

drop view orders;

-- As in migration 0012, ranked. An order belongs to the visit of the first browser that sent it, if one did.
create view orders as
select
  site, transaction_id, time, id, amounts, unconfirmed,
  owner_visitor as visitor, owner_context as context
from (
  select
    site, transaction_id, time, id, amounts, nullif(browser, 0) as unconfirmed,
    row_number() over ranked as place,
    first_value(visitor) over browsers_first as owner_visitor,
    first_value(context) over browsers_first as owner_context
  from purchases
  window
    ranked as (partition by site, transaction_id order by browser, time, sent_id, sent_visitor, id, visitor),
    browsers_first as (partition by site, transaction_id order by browser desc, time, sent_id, sent_visitor, id, visitor)
)
where place = 1 and amounts != '[]';

-- 10 is purchase in shared/events.ts.
insert into events (
  site, hour, visitor, id, at, name, active, page, source, place, device, previous,
  currency, value, tax, shipping, transaction_id, items, properties
)
select
  o.site, o.time / 3600000, o.visitor, o.id, o.time % 3600000, 10, o.amounts->>0,
  o.context->>0, o.context->>1, o.context->>2, o.context->>3, o.context->>4,
  o.amounts->>1, o.amounts->>2, o.amounts->>3, o.amounts->>4, o.transaction_id, o.amounts->>5, o.amounts->>6
from orders o
where (o.site, o.transaction_id) in (select site, transaction_id from made_again)
on conflict do nothing;

insert into dirty (site, visitor, hour, changes)
select distinct o.site, o.visitor, (o.time + side.value) / 3600000, 1
from orders o
cross join json_each('[-1800000,1800000]') side
where (o.site, o.transaction_id) in (select site, transaction_id from made_again)
  and o.time < (select closing from settlements s where s.site = o.site)
on conflict do update set changes = changes + 1;

drop table made_again;

update events set unconfirmed = 1
where name = 10
  and (site, transaction_id) in (
    select site, transaction_id from purchases group by site, transaction_id having min(browser) = 1
  );
