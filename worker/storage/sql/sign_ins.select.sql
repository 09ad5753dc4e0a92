select s.key as signed_in_key, s.member as signed_in_member, k.id, k.scope, k.expires, t.domain,
  m.id as member, m.name, m.role, m.every_site,
  (
    select json_group_array(x.domain)
    from memberships p
    join sites x on x.id = p.site
    where p.member = m.id
  ) as sites
from sign_ins s
left join keys k on k.id = s.key
left join sites t on t.id = k.site
left join members m on m.id = s.member
where s.digest = ?1 and s.expires > ?2
