import { expect, test } from 'vitest'
import { normal } from '../../../test/unit/normal'
import { poisson } from '../../../test/unit/poisson'
import { randomFrom } from '../../../tools/demoData/dice'
import { silenceProbability } from './silence'
import { silentHours } from './silentHours'

const HOURS = 168
const YEAR = 52 * HOURS
const WEEKS = 8

/** Busy by day, quiet at night and on weekends. */
const usual = (hour: number, scale: number): number => {
  const [ofDay, day] = [hour % 24, Math.floor(hour / 24) % 7]
  return scale * (0.25 + Math.sin((Math.PI * ofDay) / 24) ** 2) * (day > 4 ? 0.5 : 1)
}

/** A year and the weeks before it, of an unchanged site. With a spread, hours differ by more than chance. */
const yearOf = (scale: number, spread: number, seed: number): number[] => {
  const random = randomFrom(seed)
  return Array.from({ length: YEAR + WEEKS * HOURS }, (_, hour) =>
    poisson(usual(hour, scale) * Math.exp(spread * normal(random) - spread ** 2 / 2), random),
  )
}

const stretchAt = (views: readonly number[], hour: number) => ({
  views: views[hour] ?? 0,
  past: Array.from({ length: WEEKS }, (_, week) => views[hour - (week + 1) * HOURS] ?? 0),
})

const QUARTER = 2_190

test.each([
  ['as a Poisson count', 60, 0],
  ['with a spread of 30 %', 60, 0.3],
  ['of a quiet site', 5, 0.2],
])('an unchanged site, %s, is as unlikely as said once a quarter at most', (_, scale, spread) => {
  let looks = 0
  let unlikely = 0
  for (let seed = 1; seed <= 10; seed++) {
    const views = yearOf(scale, spread, seed)
    for (let hour = WEEKS * HOURS; hour < views.length; hour++) {
      looks += 1
      if (silenceProbability(stretchAt(views, hour)) < 1 / QUARTER) unlikely += 1
    }
  }
  // Once a quarter, and three standard deviations of such a count.
  const expected = looks / QUARTER
  expect(unlikely).toBeLessThan(expected + 3 * Math.sqrt(expected))
})

const readerOf = (views: readonly number[]) => async (hours: readonly number[]) =>
  new Map(hours.map(hour => [hour, views[hour] ?? 0]))

/** Incidents of a year, and the hour in which the first was noticed. */
const incidentsOf = async (views: readonly number[], from: number, to: number) => {
  const noticed: number[] = []
  let isOn = false
  for (let hour = from; hour < to; hour++) {
    const isSilent = (await silentHours(hour, 'UTC', 'quarter', readerOf(views))) === true
    if (isSilent && !isOn) noticed.push(hour)
    isOn = isSilent
  }
  return noticed
}

test('a year of an unchanged site brings no more alarms than its setting says', async () => {
  for (const spread of [0, 0.3]) {
    const views = yearOf(60, spread, 77)
    expect((await incidentsOf(views, WEEKS * HOURS, views.length)).length).toBeLessThanOrEqual(4)
  }
})

test.each([
  ['a site of about 3,000 page views a day', 200, 4],
  ['a site of about 900 page views a day', 60, 6],
  ['a site of about 75 page views a day', 5, 25],
])('an outage of %s is noticed in time', async (_, scale, within) => {
  const begin = 20 * HOURS + 10
  const views = yearOf(scale, 0.2, 5).map((count, hour) => (hour >= begin ? 0 : count))
  const [first = Infinity] = await incidentsOf(views, begin - 48, begin + 48)
  expect(first - begin + 1).toBeLessThanOrEqual(within)
  expect(first).toBeGreaterThanOrEqual(begin)
})

test('a site that is new is not judged', () => {
  expect(silenceProbability({ views: 0, past: [500, 510, 490, 0, 0, 0, 0, 0] })).toBe(1)
  expect(silenceProbability({ views: 0, past: [500, 510, 490, 505, 0, 0, 0, 0] })).toBeLessThan(0.001)
})
