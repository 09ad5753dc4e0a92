-- The pages with most visitors; a session counts for each page it holds.
select
  top.*,
  (
    select coalesce(sum(case e.name when 10 then e.value else -e.value end), 0) / 100.0
    from events e
    join pages p on p.id = e.page
    where e.site = ?1 and e.name in (10, 11) and e.currency = ?4 and p.path = top.page
      and e.hour * 3600000 + e.at >= ?2 and e.hour * 3600000 + e.at < ?3
  ) as revenue
from (
  select
    p.path as page,
    count(distinct case when f.begin >= ?2 and f.begin < ?3 then f.visitor end) as visitors,
    count(distinct s.owner || '/' || s.number) as sessions,
    sum(f.name = 0 and f.begin >= ?2 and f.begin < ?3) as pageviews,
    count(distinct case when s.views = 1 and s.actions = 0 then s.owner || '/' || s.number end) * 1.0
      / count(distinct s.owner || '/' || s.number) as bounce_rate,
    count(distinct case when f.name in (10, 12, 14, 16, 17) and f.begin >= ?2 and f.begin < ?3 then f.visitor end) * 1.0
      / count(distinct case when f.begin >= ?2 and f.begin < ?3 then f.visitor end) as conversion_rate
  from sessioned f
  join pages p on p.id = f.page
  left join sessions s on s.owner = f.owner and s.number = f.number
  group by p.path
  order by visitors desc, page
  limit 10
) top
order by visitors desc, page
