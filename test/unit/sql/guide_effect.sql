-- guide_effect in total, with [1,"[[0,1001]]"]
with facts_events_1_alone as (
select coalesce((
    select coalesce((
      select u.user from identities u
      where u.site = i.site and u.visitor = i.user
      order by u.since <= (e.hour * 3600000 + e.at) desc, case when u.since <= (e.hour * 3600000 + e.at) then -u.since else u.since end, u.user
    limit 1
    ), i.user)
    from identities i
    where i.site = ?1 and i.visitor = e.visitor
    order by i.since <= (e.hour * 3600000 + e.at) desc, case when i.since <= (e.hour * 3600000 + e.at) then -i.since else i.since end, i.user
    limit 1
  ), e.visitor) as person, e.hour * 3600000 + e.at as time, e.id, e.name as name, e.active, e.page, 0 as seen, null as depth, null as clicks,
  e.currency, e.value, e.transaction_id, e.items, e.properties
from events e
where e.site = ?1 and e.hour >= 0 and e.hour <= 48
  and e.hour * 3600000 + e.at >= 0 and e.hour * 3600000 + e.at < 172800000 and e.name in (14)
),
met_facts_true_777600001 as (
select coalesce((
    select coalesce((
      select u.user from identities u
      where u.site = i.site and u.visitor = i.user
      order by u.since <= (e.hour * 3600000 + e.at) desc, case when u.since <= (e.hour * 3600000 + e.at) then -u.since else u.since end, u.user
    limit 1
    ), i.user)
    from identities i
    where i.site = ?1 and i.visitor = e.visitor
    order by i.since <= (e.hour * 3600000 + e.at) desc, case when i.since <= (e.hour * 3600000 + e.at) then -i.since else i.since end, i.user
    limit 1
  ), e.visitor) as person, e.hour * 3600000 + e.at as time, e.id, e.name as name, e.active, e.page, 0 as seen, null as depth, null as clicks,
  e.currency, e.value, e.transaction_id, e.items, e.properties
from events e
where e.site = ?1 and e.hour >= 0 and e.hour <= 216
  and e.hour * 3600000 + e.at >= 0 and e.hour * 3600000 + e.at < 777600001
),
event_rules_1 as (
select value->>0 as label, cast(value->>1 as integer) as sought from json_each(?2)
union all
select * from event_rules_1 where 0
)
select bucket,
  sum(person < 0 and began + 604800000 <= 259200000 and guided) as m0_completed,
  sum(person < 0 and began + 604800000 <= 259200000 and guided and met) as m0_completed_activated,
  sum(person < 0 and began + 604800000 <= 259200000 and not guided) as m0_not_completed,
  sum(person < 0 and began + 604800000 <= 259200000 and not guided and met) as m0_not_completed_activated,
  sum(person < 0 and not (person < 0 and began + 604800000 <= 259200000)) as m0_pending,
  sum(person < 0) as m0_lasting,
  sum(person > 0) as m0_others
from (
select bucket, person, time as began, met, guided
from (
  select *, coalesce(sum(k = 0) over span, 0) > 0 as met, coalesce(sum(k = 1) over span, 0) > 0 as guided
  from (
    select *, null as k from (
select bucket, person, min(began) as time from (
select ((f.time + 0) / 86400000) as bucket, f.person, f.time as began
from facts_events_1_alone f
) where began is not null group by bucket, person
    )
    union all
    select null, person, time, k from (
select person, time, label as k from (
select f.*, r.label from met_facts_true_777600001 f cross join event_rules_1 r on r.sought = f.name
)
union all
select person, time, 1 as k from (
select coalesce((
    select coalesce((
      select u.user from identities u
      where u.site = i.site and u.visitor = i.user
      order by u.since <= (e.hour * 3600000 + e.at) desc, case when u.since <= (e.hour * 3600000 + e.at) then -u.since else u.since end, u.user
    limit 1
    ), i.user)
    from identities i
    where i.site = ?1 and i.visitor = e.visitor
    order by i.since <= (e.hour * 3600000 + e.at) desc, case when i.since <= (e.hour * 3600000 + e.at) then -i.since else i.since end, i.user
    limit 1
  ), e.visitor) as person, e.hour * 3600000 + e.at as time, e.id, e.name as name, e.active, e.page, 0 as seen, null as depth, null as clicks,
  e.currency, e.value, e.transaction_id, e.items, e.properties
from events e
where e.site = ?1 and e.hour >= 0 and e.hour <= 216
  and e.hour * 3600000 + e.at >= 0 and e.hour * 3600000 + e.at < 777600001 and e.name in (23)
)
    ) where person < 0
  )
  window span as (partition by person order by time range between current row and 604800000 following)
)
where k is null
)
group by bucket;

-- guide_effect by channel, with [1,"[[0,1001]]"]
with facts_events_1 as (
select coalesce((
    select coalesce((
      select u.user from identities u
      where u.site = i.site and u.visitor = i.user
      order by u.since <= (e.hour * 3600000 + e.at) desc, case when u.since <= (e.hour * 3600000 + e.at) then -u.since else u.since end, u.user
    limit 1
    ), i.user)
    from identities i
    where i.site = ?1 and i.visitor = e.visitor
    order by i.since <= (e.hour * 3600000 + e.at) desc, case when i.since <= (e.hour * 3600000 + e.at) then -i.since else i.since end, i.user
    limit 1
  ), e.visitor) as person, e.hour * 3600000 + e.at as time, e.id, e.name as name, e.active, e.page, 0 as seen, null as depth, null as clicks,
  e.currency, e.value, e.transaction_id, e.items, e.properties
from events e
where e.site = ?1 and e.hour >= 0 and e.hour <= 48
  and e.hour * 3600000 + e.at >= 0 and e.hour * 3600000 + e.at < 172800000 and e.name in (14)
union all
select * from facts_events_1 where 0
),
reaching_sessions as (
select visitor as person, hour * 3600000 + at as begin, next, duration, cut, source, 0 as open
from visits
where site = ?1 and hour >= -49 and hour <= 48 and hour * 3600000 + at >= -176400000 and hour * 3600000 + at < 172800000
),
parts as (
select person as part_person, coalesce(begin + cut - 1, begin + duration + 1800000) as bound, begin / 21600000 as stretch, * from reaching_sessions
union all
select next, coalesce(begin + cut - 1, begin + duration + 1800000), begin / 21600000, * from reaching_sessions where next is not null
union all
select part_person, bound, stretch + 1, person, begin, next, duration, cut, source, open from parts where stretch < bound / 21600000
),
met_facts_true_777600001 as (
select coalesce((
    select coalesce((
      select u.user from identities u
      where u.site = i.site and u.visitor = i.user
      order by u.since <= (e.hour * 3600000 + e.at) desc, case when u.since <= (e.hour * 3600000 + e.at) then -u.since else u.since end, u.user
    limit 1
    ), i.user)
    from identities i
    where i.site = ?1 and i.visitor = e.visitor
    order by i.since <= (e.hour * 3600000 + e.at) desc, case when i.since <= (e.hour * 3600000 + e.at) then -i.since else i.since end, i.user
    limit 1
  ), e.visitor) as person, e.hour * 3600000 + e.at as time, e.id, e.name as name, e.active, e.page, 0 as seen, null as depth, null as clicks,
  e.currency, e.value, e.transaction_id, e.items, e.properties
from events e
where e.site = ?1 and e.hour >= 0 and e.hour <= 216
  and e.hour * 3600000 + e.at >= 0 and e.hour * 3600000 + e.at < 777600001
),
event_rules_1 as (
select value->>0 as label, cast(value->>1 as integer) as sought from json_each(?2)
union all
select * from event_rules_1 where 0
)
select bucket, d0,
  sum(person < 0 and began + 604800000 <= 259200000 and guided) as m0_completed,
  sum(person < 0 and began + 604800000 <= 259200000 and guided and met) as m0_completed_activated,
  sum(person < 0 and began + 604800000 <= 259200000 and not guided) as m0_not_completed,
  sum(person < 0 and began + 604800000 <= 259200000 and not guided and met) as m0_not_completed_activated,
  sum(person < 0 and not (person < 0 and began + 604800000 <= 259200000)) as m0_pending,
  sum(person < 0) as m0_lasting,
  sum(person > 0) as m0_others
from (
select bucket, d0, person, time as began, met, guided
from (
  select *, coalesce(sum(k = 0) over span, 0) > 0 as met, coalesce(sum(k = 1) over span, 0) > 0 as guided
  from (
    select *, null as k from (
select bucket, d0, person, min(began) as time from (
select ((f.time + 0) / 86400000) as bucket, coalesce(nullif(src.channel, ''), 'Direct') as d0, f.person, f.time as began
from facts_events_1 f
left join parts s on s.part_person = f.person and s.stretch = f.time / 21600000 and f.time between s.begin and s.bound
left join sources src on src.id = s.source
) where began is not null group by bucket, d0, person
    )
    union all
    select null, null, person, time, k from (
select person, time, label as k from (
select f.*, r.label from met_facts_true_777600001 f cross join event_rules_1 r on r.sought = f.name
)
union all
select person, time, 1 as k from (
select coalesce((
    select coalesce((
      select u.user from identities u
      where u.site = i.site and u.visitor = i.user
      order by u.since <= (e.hour * 3600000 + e.at) desc, case when u.since <= (e.hour * 3600000 + e.at) then -u.since else u.since end, u.user
    limit 1
    ), i.user)
    from identities i
    where i.site = ?1 and i.visitor = e.visitor
    order by i.since <= (e.hour * 3600000 + e.at) desc, case when i.since <= (e.hour * 3600000 + e.at) then -i.since else i.since end, i.user
    limit 1
  ), e.visitor) as person, e.hour * 3600000 + e.at as time, e.id, e.name as name, e.active, e.page, 0 as seen, null as depth, null as clicks,
  e.currency, e.value, e.transaction_id, e.items, e.properties
from events e
where e.site = ?1 and e.hour >= 0 and e.hour <= 216
  and e.hour * 3600000 + e.at >= 0 and e.hour * 3600000 + e.at < 777600001 and e.name in (23)
)
    ) where person < 0
  )
  window span as (partition by person order by time range between current row and 604800000 following)
)
where k is null
)
group by bucket, d0;
