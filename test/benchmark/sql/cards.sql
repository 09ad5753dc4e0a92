-- The key figures: conversions are events 10, 12, 14, 16 and 17, money is in minor units of ?4.
select
  (select count(distinct visitor) from facts where begin >= ?2 and begin < ?3) as visitors,
  (select count(*) from sessions) as sessions,
  (select count(*) from facts where name = 0 and begin >= ?2 and begin < ?3) as pageviews,
  (select avg(views = 1 and actions = 0) from sessions) as bounce_rate,
  (select avg(duration) / 1000 from sessions) as session_duration,
  (
    select count(distinct case when name in (10, 12, 14, 16, 17) then visitor end) * 1.0 / count(distinct visitor)
    from facts where begin >= ?2 and begin < ?3
  ) as conversion_rate,
  (
    select coalesce(sum(case name when 10 then value else -value end), 0) / 100.0
    from events
    where site = ?1 and name in (10, 11) and currency = ?4
      and hour * 3600000 + at >= ?2 and hour * 3600000 + at < ?3
  ) as revenue,
  (select avg(not bought) from sessions where cart) as cart_abandonment_rate
