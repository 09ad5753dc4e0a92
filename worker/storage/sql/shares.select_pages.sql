select h.id, h.view, h.password, h.expires, s.domain
from shares h join sites s on s.id = h.site
where h.digest = ?1 and h.view is not null
