select s.key as signed_in, k.id, k.scope, k.expires, t.domain
from sign_ins s
left join keys k on k.id = s.key
left join sites t on t.id = k.site
where s.digest = ?1 and s.expires > ?2
