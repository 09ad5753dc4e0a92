-- Reports and alarms that were sent, or are being sent. A row is there before anything is sent, so that nothing is sent twice.
create table deliveries (
  site integer not null,
  -- What was sent, such as 'report/week/2026-11-23'.
  subject text not null,
  -- SHA-256 of the kind and the address, hex: the settings alone have the address.
  recipient text not null,
  -- 'claimed' while it is sent, then 'sent' or 'failed'.
  state text not null,
  tries integer not null,
  -- The last try, epoch milliseconds.
  at integer not null,
  -- Why the last try failed.
  problem text,
  primary key (site, subject, recipient)
) strict, without rowid;

-- When each alarm of a site was last looked at, and whether it is going off.
create table alarms (
  site integer not null,
  alarm text not null,
  -- The last hour that was looked at, hours since 1970.
  checked integer not null,
  -- The hour in which the incident was noticed; null for none.
  since integer,
  primary key (site, alarm)
) strict, without rowid;
