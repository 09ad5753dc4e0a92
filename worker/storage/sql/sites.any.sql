select 1 from sites limit 1
