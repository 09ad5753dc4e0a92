select i.member as id, i.expires, i.used, m.name from invites i join members m on m.id = i.member where i.digest = ?1
