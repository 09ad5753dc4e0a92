-- A row that is only deleted leaves its bytes in the file until something else is written there.
update salts set salt = '0000000000000000000000000000000000000000000000000000000000000000' where created <= ?1
