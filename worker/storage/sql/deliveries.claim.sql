-- Claims a delivery for one run, if nobody has it: one that failed is tried again, up to ?5 times and ever later; one that was
-- claimed and never finished only where a repetition does no harm (?6). ?7 is how long a claim lasts.
insert into deliveries (site, subject, recipient, state, tries, at)
values (?1, ?2, ?3, 'claimed', 1, ?4)
on conflict do update set state = 'claimed', tries = tries + 1, at = excluded.at, problem = null
where tries < ?5 and at <= ?4 - tries * ?7 and (state = 'failed' or (state = 'claimed' and ?6))
returning tries
