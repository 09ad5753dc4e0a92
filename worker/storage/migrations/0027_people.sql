-- People who sign in to the dashboard with a passkey or by Cloudflare Access.
create table members (
  -- Random, so that it reveals neither how many there are nor who came first.
  id text not null primary key,
  name text not null,
  -- viewer, editor or owner.
  role text not null,
  -- 1 for every site, those of the future too.
  every_site integer not null,
  -- SHA-256 of the e-mail address that Cloudflare Access verifies, hex; null without one.
  email text unique,
  -- Epoch milliseconds.
  created integer not null
) strict, without rowid;

-- The sites of a member who may not see every site.
create table memberships (
  member text not null,
  site integer not null,
  primary key (member, site)
) strict, without rowid;

create table invites (
  -- SHA-256 of the token in the link, hex.
  digest text not null primary key,
  member text not null,
  -- Epoch milliseconds.
  expires integer not null,
  -- When a passkey was registered with it, null before.
  used integer
) strict, without rowid;

create table passkeys (
  -- The id of the credential, base64url.
  id text not null primary key,
  member text not null,
  -- COSE, base64url.
  public_key text not null,
  -- The signatures that the authenticator has counted.
  counter integer not null,
  created integer not null
) strict, without rowid;

-- What a browser must sign within minutes, once.
create table challenges (
  -- SHA-256 of the challenge and the browser's cookie, hex.
  digest text not null primary key,
  expires integer not null
) strict, without rowid;

-- The member who signed in. Their rows have the key 0, which does not exist: a release that knows no members takes null for the
-- admin token.
alter table sign_ins add column member text;
