delete from memberships where member = ?1
