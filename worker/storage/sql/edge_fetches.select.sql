select day, tried, problem from edge_fetches where site = ?1
