delete from sign_ins where expires <= ?1
