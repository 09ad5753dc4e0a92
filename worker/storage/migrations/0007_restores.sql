-- Backups that are being restored. The site's number is taken and its facts are written; the site itself
-- comes last, so that nobody meets half of one.
create table restores (
  site integer primary key,
  domain text not null unique,
  -- JSON: what the site will be.
  header text not null,
  -- Which part of the backup comes next.
  part integer not null
) strict;
