-- Not of a member who was removed meanwhile.
insert into memberships (member, site)
select m.id, s.id from members m join sites s on s.domain in (select value from json_each(?2)) where m.id = ?1
