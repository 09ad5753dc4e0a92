-- Null leaves a value as it is; an email address is removed by an empty one.
update members set
  name = coalesce(?2, name),
  role = coalesce(?3, role),
  every_site = coalesce(?4, every_site),
  email = nullif(coalesce(?5, email), '')
where id = ?1
