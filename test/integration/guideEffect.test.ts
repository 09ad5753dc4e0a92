import { beforeAll, expect, test } from 'vitest'
import { newcombe } from '../../worker/metrics/statistics/newcombe'
import type { RawEvent } from '../oracle/event'
import { worldOf } from '../oracle/facts'
import { NO_IMPORTS } from '../oracle/imports'
import { ask } from '../oracle/truth'
import { createSite, migrate, post, query, type TestSite } from './setup'

/** Random scenarios have too few people for a share of those with a guide and of those without. */
const PEOPLE = 60
const HOUR = 3_600_000
const DAY = 24 * HOUR
const START = Date.UTC(2026, 2, 1, 12)

const settings = { value_event: { event: 'chat_opened' } }
const period = { from: '2026-03-01', to: '2026-03-05' }
let site: TestSite

/** Hours after the sign-up, beyond the window for some; `null` for never. */
const hoursOf = (n: number, every: number, length: number): number | null =>
  n % every === 0 ? null : (n * 37) % length

const eventsOf = (n: number): RawEvent[] => {
  const begin = START + (n % 5) * DAY + n * 1000
  const [guided, activated] = [hoursOf(n, 3, 240), hoursOf(n * 7 + 1, 4, 260)]
  const at = (hours: number, name: string, properties = {}): RawEvent => ({
    id: `${name}${n}`,
    name,
    visitor_id: `v${n}`,
    time: begin + hours * HOUR,
    properties,
  })
  return [
    at(0, 'sign_up'),
    ...(guided === null ? [] : [at(guided, 'guide_complete', { guide_id: n % 2 === 0 ? 'welcome' : 'tour' })]),
    ...(activated === null ? [] : [at(activated, 'chat_opened')]),
  ]
}

const events = Array.from({ length: PEOPLE }, (_, n) => eventsOf(n)).flat()

beforeAll(async () => {
  await migrate()
  site = await createSite({ settings })
  await post(site, [...events])
})

test.each([{}, { window: 2 }, { window: 14 }, { guide: 'welcome' }, { guide: 'tour', window: 3 }])(
  'the guide effect with %j is what the oracle computes',
  async parameters => {
    const asked = { metrics: ['guide_effect'], period, parameters: { guide_effect: parameters } } as const
    const world = worldOf(events, { timezone: 'UTC', currency: 'EUR', settings }, NO_IMPORTS)
    const truth = ask(world, Date.now(), asked)[0]?.metrics.guide_effect?.value
    const { rows } = await query(site, { ...asked, metrics: [...asked.metrics] })
    const found = rows[0]?.metrics.guide_effect
    const {
      completed = 0,
      completed_activated = 0,
      not_completed = 0,
      not_completed_activated = 0,
    } = found?.parts ?? {}
    expect(found?.value).toBeCloseTo(truth ?? Number.NaN, 12)
    expect(Number(completed) + Number(not_completed)).toBe(PEOPLE)
    expect(found?.interval).toEqual(
      newcombe(Number(completed_activated), Number(completed), Number(not_completed_activated), Number(not_completed)),
    )
    expect(found?.reason).toContain('chose')
  },
)
