-- Browsers that are signed in to the dashboard. Signing out removes the row.
create table sign_ins (
  -- SHA-256 of the cookie's random token and the admin token, hex: neither can be found from it, and another admin
  -- token ends every session.
  digest text not null primary key,
  -- The access key that signed in, null for the admin token.
  key integer,
  -- Epoch milliseconds.
  expires integer not null
) strict, without rowid;
