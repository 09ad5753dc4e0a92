delete from challenges where expires <= ?1
