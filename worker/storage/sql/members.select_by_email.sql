select m.id, m.name, m.role, m.every_site,
  (
    select json_group_array(x.domain)
    from memberships p
    join sites x on x.id = p.site
    where p.member = m.id
  ) as sites
from members m
where m.email = ?1
