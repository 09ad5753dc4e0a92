-- What stands for texts that there was no more room for.
insert into sources (site, channel, source, medium, campaign, term, content, referrer)
select ?1, value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6
from json_each(?2)
where true
on conflict do nothing
