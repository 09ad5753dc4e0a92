insert into passkeys (id, member, public_key, counter, created)
select ?2, i.member, ?3, ?4, ?5
from invites i
where i.digest = ?1 and i.used is null and i.expires > ?5
returning member
