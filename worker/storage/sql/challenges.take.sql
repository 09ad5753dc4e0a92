delete from challenges where digest = ?1 and expires > ?2 returning digest
