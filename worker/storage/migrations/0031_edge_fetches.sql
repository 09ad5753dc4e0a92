-- Of each site with a Cloudflare zone: the last local day whose numbers were fetched, in days since 1970, when the last attempt
-- was made, and why it failed.
create table edge_fetches (
  site integer primary key,
  day integer not null,
  tried integer not null,
  problem text
) strict;
