update invites set used = ?2 where digest = ?1
