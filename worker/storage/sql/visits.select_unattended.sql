-- The next sessions of page views of the script with no click, no event and less than a second of visible time, with the
-- keys of their page views. The script's ids are below 2^31; a session that goes on into a third hour is left out.
-- Sessions that stay counted are left out too: each run begins anew, and would read them again.
select v.hour, v.visitor, v.at, v.views, v.views = 1 and max(p.depth) = -1 as one_request,
  json_group_array(json_array(p.hour, p.visitor, p.id)) as keys
from visits v
join views p on p.site = v.site and p.visitor = v.visitor and p.hour in (v.hour, v.hour + 1)
  and (p.hour - v.hour) * 3600000 + p.at between v.at and v.at + v.last
where v.site = ?1 and (v.hour, v.visitor, v.at) > (?2, ?3, ?4) and v.hour between ?5 and ?6
  and v.clicks <= 0 and v.actions = 0 and v.events in (0, 1) and v.seen < 1000
group by v.hour, v.visitor, v.at
having count(*) = v.views and min(p.id) >= 0 and max(p.id) < 2147483648 and (?8 or one_request)
order by v.hour, v.visitor, v.at
limit ?7
