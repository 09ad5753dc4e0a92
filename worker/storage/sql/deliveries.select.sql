select subject, recipient, state, tries, at, problem from deliveries where site = ?1 order by at desc limit ?2
