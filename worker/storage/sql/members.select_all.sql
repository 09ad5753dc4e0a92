select m.id, m.name, m.role, m.every_site, m.email, m.created,
  (
    select json_group_array(x.domain)
    from memberships p
    join sites x on x.id = p.site
    where p.member = m.id
  ) as sites,
  (select count(*) from passkeys k where k.member = m.id) as passkeys,
  (select max(i.expires) from invites i where i.member = m.id and i.used is null) as invited
from members m
order by m.created, m.id
