-- How many texts a site added to a dictionary on the day it last did, told apart by who sent them: a
-- site may add so many a day and no more, so that nobody can fill the database with texts.
create table additions (
  site integer not null,
  dictionary text not null,
  -- browser or server.
  sender text not null,
  -- UTC, days since 1970.
  day integer not null,
  count integer not null,
  primary key (site, dictionary, sender)
) strict, without rowid;
