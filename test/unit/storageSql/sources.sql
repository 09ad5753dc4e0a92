-- insertNew
insert into sources (site, channel, source, medium, campaign, term, content, referrer, utm_id)
select distinct ?1, j.value->>0, j.value->>1, j.value->>2, j.value->>3, j.value->>4, j.value->>5, j.value->>6, j.value->>7
from json_each(?2) j
where not exists (select 1 from sources t where t.site = ?1 and t.channel = j.value->>0 and t.source = j.value->>1 and t.medium = j.value->>2 and t.campaign = j.value->>3 and t.term = j.value->>4 and t.content = j.value->>5 and t.referrer = j.value->>6 and t.utm_id = j.value->>7)
limit max(0, min(?6, ?5 - coalesce((
  select a.count from additions a where a.site = ?1 and a.dictionary = 'sources' and a.sender = ?3 and a.day = ?4
), 0)));

-- insertOther
insert into sources (site, channel, source, medium, campaign, term, content, referrer, utm_id)
select distinct ?1, j.value->>0, j.value->>1, j.value->>2, j.value->>3, j.value->>4, j.value->>5, j.value->>6, j.value->>7
from json_each(?2) j
where true
on conflict do nothing;

-- select
select j.key as position, t.id
from json_each(?2) j
cross join sources t on t.site = ?1 and t.channel = j.value->>0 and t.source = j.value->>1 and t.medium = j.value->>2 and t.campaign = j.value->>3 and t.term = j.value->>4 and t.content = j.value->>5 and t.referrer = j.value->>6 and t.utm_id = j.value->>7;

-- insertRestored
insert into sources (site, channel, source, medium, campaign, term, content, referrer, utm_id)
select ?1, j.value->>1, j.value->>2, j.value->>3, j.value->>4, j.value->>5, j.value->>6, j.value->>7, j.value->>8
from json_each(?2) j
where true
on conflict do nothing;

-- selectRestored
select j.value->>0 as old, t.id
from json_each(?2) j
cross join sources t on t.site = ?1 and t.channel = j.value->>1 and t.source = j.value->>2 and t.medium = j.value->>3 and t.campaign = j.value->>4 and t.term = j.value->>5 and t.content = j.value->>6 and t.referrer = j.value->>7 and t.utm_id = j.value->>8;

-- selectByIds
select t.id, t.channel, t.source, t.medium, t.campaign, t.term, t.content, t.referrer, t.utm_id
from json_each(?1) j
cross join sources t on t.id = j.value;
