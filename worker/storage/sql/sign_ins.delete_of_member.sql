delete from sign_ins where member = ?1
