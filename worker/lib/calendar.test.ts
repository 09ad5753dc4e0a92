import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  dayOf,
  formatDay,
  isTimeZone,
  localDayOf,
  monthsBefore,
  offsetAt,
  offsetsBetween,
  parseDay,
  startOfDay,
} from './calendar'

const HOUR = 3_600_000
const DAY = 24 * HOUR

const someZone = fc.constantFrom(...Intl.supportedValuesOf('timeZone'))
const someTime = fc.integer({ min: Date.UTC(1850, 0), max: Date.UTC(2150, 0) })

const formats = new Map<string, Intl.DateTimeFormat>()

/** The local date and time of an instant, as Intl formats it field by field. */
function fields(time: number, zone: string): Record<string, number> {
  const format =
    formats.get(zone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    })
  formats.set(zone, format)
  return Object.fromEntries(format.formatToParts(time).map(part => [part.type, Number(part.value)]))
}

function naiveOffset(time: number, zone: string): number {
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = fields(time, zone)
  const whole = Math.floor(time / 1000) * 1000
  return Date.UTC(year, month - 1, day, hour, minute, second) - whole
}

function naiveDay(time: number, zone: string): number {
  const { year = 0, month = 0, day = 0 } = fields(time, zone)
  return Date.UTC(year, month - 1, day) / DAY
}

const day = (text: string): number => parseDay(text) as number
const startsAt = (text: string, zone: string): string => new Date(startOfDay(day(text), zone)).toISOString()
const hoursOf = (text: string, zone: string): number =>
  (startOfDay(day(text) + 1, zone) - startOfDay(day(text), zone)) / HOUR

describe('isTimeZone', () => {
  test('knows the zones of the time zone database', () => {
    for (const zone of [...Intl.supportedValuesOf('timeZone'), 'UTC']) expect(isTimeZone(zone), zone).toBe(true)
  })

  test.each(['', 'Mars/Olympus', '+01:00', 'Europe/Stockholm ', '../etc'])('rejects %j', name => {
    expect(isTimeZone(name)).toBe(false)
  })
})

describe('offsetAt and dayOf', () => {
  test('agree with Intl at any instant in any zone', () => {
    fc.assert(
      fc.property(someTime, someZone, (time, zone) => {
        expect(offsetAt(time, zone)).toBe(naiveOffset(time, zone))
        expect(dayOf(time, zone)).toBe(naiveDay(time, zone))
      }),
      { numRuns: 2000 },
    )
  })

  test.each([
    ['Europe/Stockholm', Date.UTC(2026, 2, 29, 1), 2 * HOUR, HOUR],
    ['Africa/Monrovia', Date.UTC(1972, 0, 7, 0, 44, 30), 0, -(44 * 60 + 30) * 1000],
    ['Australia/Lord_Howe', Date.UTC(2026, 3, 4, 15), 10.5 * HOUR, 11 * HOUR],
    ['America/Recife', Date.UTC(2000, 9, 15, 2), -3 * HOUR, -2 * HOUR],
  ])('%s changes at the exact millisecond', (zone, change, after, before) => {
    expect(offsetAt(change - 1, zone)).toBe(before)
    expect(offsetAt(change, zone)).toBe(after)
  })

  test('a zone keeps its mean solar time however far back', () => {
    expect(offsetAt(Date.UTC(1000, 0), 'Europe/Berlin')).toBe(offsetAt(Date.UTC(1805, 0), 'Europe/Berlin'))
    expect(offsetAt(-8.64e15, 'Europe/Berlin')).toBe((53 * 60 + 28) * 1000)
  })

  test('an unknown zone is an error', () => {
    expect(() => offsetAt(0, 'Mars/Olympus')).toThrow(RangeError)
  })
})

describe('startOfDay', () => {
  test('is the first instant of its day', () => {
    fc.assert(
      fc.property(someTime, someZone, (time, zone) => {
        const today = naiveDay(time, zone)
        const start = startOfDay(today, zone)
        expect(naiveDay(start, zone)).toBe(today)
        expect(start).toBeLessThanOrEqual(time)
        expect(naiveDay(start - 1, zone)).toBeLessThan(today)
      }),
      { numRuns: 2000 },
    )
  })

  test('days are 23, 24 or 25 hours long', () => {
    expect(hoursOf('2026-03-29', 'Europe/Stockholm')).toBe(23)
    expect(hoursOf('2026-03-30', 'Europe/Stockholm')).toBe(24)
    expect(hoursOf('2026-10-25', 'Europe/Stockholm')).toBe(25)
    expect(hoursOf('2026-10-04', 'Australia/Lord_Howe')).toBe(23.5)
  })

  test('a day without midnight starts at 01:00', () => {
    expect(startsAt('2018-11-04', 'America/Sao_Paulo')).toBe('2018-11-04T03:00:00.000Z')
    expect(hoursOf('2018-11-04', 'America/Sao_Paulo')).toBe(23)
  })

  test('a repeated day starts the first time', () => {
    expect(startsAt('2025-11-02', 'America/Havana')).toBe('2025-11-02T04:00:00.000Z')
    expect(startsAt('2006-10-29', 'America/St_Johns')).toBe('2006-10-29T02:30:00.000Z')
  })

  test('a day that a zone skipped is empty', () => {
    expect(hoursOf('2011-12-30', 'Pacific/Apia')).toBe(0)
    expect(hoursOf('2011-12-31', 'Pacific/Apia')).toBe(24)
  })
})

describe('formatDay and parseDay', () => {
  test('are inverse', () => {
    fc.assert(
      fc.property(fc.integer({ min: -719_528, max: 2_932_896 }), day => {
        expect(parseDay(formatDay(day))).toBe(day)
      }),
    )
    expect(formatDay(0)).toBe('1970-01-01')
    expect(parseDay('2024-02-29')).toBe(19_782)
  })

  test.each([
    '2026-02-30',
    '2026-02-29',
    '2026-00-10',
    '2026-13-01',
    '2026-1-1',
    '2026-01-01T00:00',
    ' 2026-01-01',
    '',
  ])('%j is not a day', text => {
    expect(parseDay(text)).toBeNull()
  })
})

describe('monthsBefore', () => {
  test.each([
    ['2026-03-31', 1, '2026-02-28'],
    ['2024-03-31', 1, '2024-02-29'],
    ['2026-03-15', 3, '2025-12-15'],
    ['2026-01-01', 12, '2025-01-01'],
    ['2026-12-31', 120, '2016-12-31'],
    ['2028-02-29', 12, '2027-02-28'],
  ])('%s, %i months before, is %s', (day, months, before) => {
    expect(formatDay(monthsBefore(parseDay(day) ?? 0, months))).toBe(before)
  })
})

describe('offsetsBetween', () => {
  test('lists winter and summer', () => {
    const from = Date.UTC(2026, 0, 1, 5)
    expect(offsetsBetween(from, Date.UTC(2026, 11, 31), 'Europe/Stockholm')).toEqual([
      { from, offset: HOUR },
      { from: Date.UTC(2026, 2, 29, 1), offset: 2 * HOUR },
      { from: Date.UTC(2026, 9, 25, 1), offset: HOUR },
    ])
  })

  test('excludes a change at its end', () => {
    const change = Date.UTC(2026, 2, 29, 1)
    expect(offsetsBetween(change - DAY, change, 'Europe/Stockholm')).toHaveLength(1)
    expect(offsetsBetween(change, change + DAY, 'Europe/Stockholm')).toEqual([{ from: change, offset: 2 * HOUR }])
  })

  test('covers its span and nothing twice', () => {
    fc.assert(
      fc.property(
        someTime,
        fc.integer({ min: 1, max: 1000 * DAY }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        someZone,
        (from, span, at, zone) => {
          const offsets = offsetsBetween(from, from + span, zone)
          const time = from + Math.floor(at * (span - 1))
          expect(offsets[0]?.from).toBe(from)
          expect(offsets.findLast(offset => offset.from <= time)?.offset).toBe(naiveOffset(time, zone))
          for (const [index, offset] of offsets.entries()) {
            const next = offsets[index + 1]
            if (next) expect(next.from > offset.from && next.offset !== offset.offset).toBe(true)
          }
        },
      ),
      { numRuns: 300 },
    )
  })
})

test('the local day of an instant has its number and lasts until the next one starts, whatever was asked before', () => {
  fc.assert(
    fc.property(
      someZone,
      fc.array(someTime, { maxLength: 4 }),
      someTime,
      fc.integer({ max: 2 * DAY }),
      (zone, before, time, step) => {
        for (const at of [...before, time, time + step]) {
          const day = dayOf(at, zone)
          expect(localDayOf(at, zone)).toEqual({ day, start: startOfDay(day, zone), end: startOfDay(day + 1, zone) })
        }
      },
    ),
  )
})
