select alarm, checked, since from alarms where site = ?1
