select hour, visitor, began from reaches where site = ?1 and hour between ?2 and ?3
