delete from salts where created <= ?1
