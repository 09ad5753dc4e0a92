select subject, recipient, state, tries, at, problem from deliveries where site = ?1 and subject = ?2
