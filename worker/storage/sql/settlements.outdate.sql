-- A settling that runs now read what is gone: it must not write what it made of it.
update settlements set version = version + 1 where site = ?1
