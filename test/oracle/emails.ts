import type { DateRange } from '../../shared/question.ts'
import type { Fact } from './fact.ts'
import type { World } from './facts.ts'

/** An email that was delivered to a person, and what they did with it since. */
export interface Email {
  readonly delivered: Fact
  readonly opened: boolean
  readonly clicked: boolean
}

const keyOf = ({ person, event: { properties } }: Fact) =>
  JSON.stringify([person, String(properties?.email_id ?? properties?.campaign ?? '')])

/** All emails, each from its first delivery in a period. */
export const emailsOf = ({ facts }: World, { from, to }: DateRange): Email[] => {
  const ofEmails = facts.filter(({ event }) => ['email_delivered', 'email_open', 'email_click'].includes(event.name))
  return [...Map.groupBy(ofEmails, keyOf).values()].flatMap(own => {
    const delivered = own.find(({ event, day }) => event.name === 'email_delivered' && from <= day && day <= to)
    if (!delivered) return []
    const since = (name: string) => own.some(({ event, time }) => event.name === name && time >= delivered.time)
    return [{ delivered, opened: since('email_open'), clicked: since('email_click') }]
  })
}
