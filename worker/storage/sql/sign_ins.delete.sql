delete from sign_ins where digest = ?1
