import { expect, test } from 'vitest'
import { reportPeriod } from './reportPeriod'

test.each([
  ['week', 'UTC', '2026-11-30T00:00Z', '2026-11-23', '2026-11-29', '2026-11-30T00:00Z'],
  ['week', 'UTC', '2026-11-29T23:59Z', '2026-11-16', '2026-11-22', '2026-11-23T00:00Z'],
  ['week', 'America/Los_Angeles', '2026-11-30T07:59Z', '2026-11-16', '2026-11-22', '2026-11-23T08:00Z'],
  ['month', 'Europe/Stockholm', '2026-03-31T22:00Z', '2026-03-01', '2026-03-31', '2026-03-31T22:00Z'],
  ['month', 'UTC', '2026-01-15T00:00Z', '2025-12-01', '2025-12-31', '2026-01-01T00:00Z'],
] as const)('the last %s in %s at %s', (every, zone, now, from, to, endedAt) => {
  expect(reportPeriod(every, zone, Date.parse(now))).toEqual({ from, to, endedAt: Date.parse(endedAt) })
})
