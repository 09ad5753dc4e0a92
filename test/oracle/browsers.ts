import fc from 'fast-check'
import { eventDefinition } from '../../shared/events.ts'
import { type RawEvent, timeOf } from './event.ts'

/** Persistent ids as the snippet makes them: a server event with one of them belongs to that browser. */
export const BROWSERS = ['0.2500000001', '0.7500000003'] as const

const HOUR = 3_600_000

/** Money events of a browser, which a server may send too. */
export const browserCopy = fc.record({
  of: fc.nat({ max: 1_000 }),
  later: fc.constantFrom(0, 1, -1, 2_000, -60_000, -HOUR, 24 * HOUR),
  visitor: fc.constantFrom(...BROWSERS),
  user: fc.constantFrom(undefined, undefined, undefined, 'u0', 'v2'),
  /** The value according to the browser; undefined to use the server's. */
  value: fc.constantFrom(undefined, undefined, 0, 0.01, 50, 9_999_999),
  alone: fc.constantFrom(true, false, false),
})
export type BrowserCopy = typeof browserCopy extends fc.Arbitrary<infer T> ? T : never

const isMoney = ({ name }: RawEvent) => eventDefinition(name)?.money === true

const copyOf = ({ id, ...event }: RawEvent, { later, visitor, user, value }: BrowserCopy): RawEvent => {
  const { user_id, ...rest } = event
  return {
    ...rest,
    fromBrowser: true,
    time: timeOf(event) + later,
    visitor_id: visitor,
    url: event.url ?? 'https://shop.example/',
    ...(user !== undefined && { user_id: user }),
    ...(value !== undefined && event.value !== undefined && { value }),
  }
}

/**
 * The same events plus those that browsers send about their money. An order can come from both; anything else comes
 * from one of them alone.
 */
export const withBrowsers = (events: readonly RawEvent[], copies: readonly BrowserCopy[]): RawEvent[] => {
  const money = events.filter(isMoney)
  const replaced = new Set<RawEvent>()
  const sent = copies.flatMap(copy => {
    const event = money[copy.of % money.length]
    if (!event) return []
    if (copy.alone || event.name !== 'purchase') replaced.add(event)
    return [copyOf(event, copy)]
  })
  return [...events.filter(event => !replaced.has(event)), ...sent]
}
