-- The most viewed pages.
select p.path as page, count(*) as pageviews, sum(nullif(v.clicks, -1)) as clicks,
  avg(nullif(v.depth, -1)) / 100.0 as scroll_depth
from views v
join pages p on p.id = v.page
where v.site = ?1 and v.hour * 3600000 + v.at >= ?2 and v.hour * 3600000 + v.at < ?3
group by p.path
order by pageviews desc, page
limit 10
