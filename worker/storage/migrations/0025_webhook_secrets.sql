-- With what a provider signs its webhooks to a site. Apart from the settings, so that no answer, export or backup
-- contains it.
create table webhook_secrets (
  site integer not null,
  provider text not null,
  secret text not null,
  primary key (site, provider)
) strict, without rowid;
