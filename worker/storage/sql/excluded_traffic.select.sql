-- By reason, page, network and program, the largest first. Traffic that is counted is no excluded one.
select verdicts, counted, page, network, agent, sum(requests) as requests, count(*) as kept
from excluded_traffic
where site = ?1 and day between ?2 and ?3
group by verdicts, counted, page, network, agent
order by requests desc, page, network, agent, verdicts, counted
limit ?4
