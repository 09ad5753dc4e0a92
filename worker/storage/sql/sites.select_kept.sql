select kept_from, kept_day from sites where id = ?1
