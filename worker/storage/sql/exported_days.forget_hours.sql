-- In another time zone the days have other hours: none is known until their files are to be written again.
update exported_days set first_hour = last_hour + 1 where site = ?1
