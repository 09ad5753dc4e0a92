select h.query, h.expires, s.domain from shares h join sites s on s.id = h.site where h.digest = ?1 and h.view is null
