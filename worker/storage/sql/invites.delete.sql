delete from invites where member = ?1
