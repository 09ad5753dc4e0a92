import { knownEvent } from '../../shared/events'
import { importRows } from './imports'
import type { Relation } from './relation'
import type { Builder } from './sql/builder'
import { isNamed } from './sql/eventNames'
import { int } from './sql/int'
import { condition, inPeriod, where } from './sql/shape'
import { factsBetween } from './sql/tables'

const DELIVERED = knownEvent('email_delivered')
const OPEN = knownEvent('email_open')
const CLICK = knownEvent('email_click')

/** The email of an event: its id, otherwise its campaign. */
const KEY = "coalesce(cast(properties->>'email_id' as text), properties->>'campaign', '')"
const CAMPAIGN = "coalesce(nullif(m.campaign, ''), '(not set)')"

/** Emails to persons, once each: whether they were opened and clicked after the first delivery. */
const emails = (b: Builder): string =>
  b.table('emails', () => {
    const { from, to } = b.scope.range
    const facts = factsBetween(b, 'events', from, Math.max(to, b.scope.now), isNamed(b, DELIVERED, OPEN, CLICK))
    const later = (name: number): string => `coalesce(max(name = ${int(name)}) over later, 0)`
    return `select * from (
  select *, ${later(OPEN)} as opened, ${later(CLICK)} as clicked,
    row_number() over (partition by person, email, name order by time, id) as place
  from (select person, time, id, name, ${KEY} as email, properties->>'campaign' as campaign from (
${facts}
  ))
  window later as (partition by person, email order by time range between current row and unbounded following)
)
where name = ${int(DELIVERED)} and place = 1 and ${inPeriod(b, 'time')}`
  })

/** Emails of events and imports: `delivered`, `opened` and `clicked`, each email to each person once. */
export const EMAILS: Relation = {
  key: 'emails',
  rows: b => {
    const groups = b.scope.dimensions.map((_, index) => `, ${CAMPAIGN} as d${index}`).join('')
    const filters = b.scope.filters.map(filter => condition(b, filter, () => CAMPAIGN))
    return `select ${b.bucketOfTime('m.time')} as bucket${groups}, m.person, 1 as delivered, m.opened, m.clicked
from ${emails(b)} m${where(filters)}
union all
${importRows(b, 'email', "i.numbers->>'delivered', i.numbers->>'opens', i.numbers->>'clicks'")}`
  },
}
