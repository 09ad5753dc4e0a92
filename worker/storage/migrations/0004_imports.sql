-- Numbers that no browser sees: costs, e-mail, social networks, markets. A row is found by what it
-- describes, so that importing a corrected file replaces it.
create table imports (
  site integer not null,
  kind text not null,
  -- Days since 1970 of the site's local day.
  day integer not null,
  -- JSON array of the texts in the order of the kind's definition.
  row_key text not null,
  -- JSON object: the same texts by name.
  texts text not null,
  -- Of the row's money, null when it holds none.
  currency text,
  -- JSON object: numbers by name, money in minor units. One that is not there is unknown.
  numbers text not null,
  primary key (site, kind, day, row_key)
) strict, without rowid;
