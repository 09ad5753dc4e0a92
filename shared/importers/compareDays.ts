import { COMPARED, type Compared, type ComparedFigures } from './toolFigures.ts'

/** The figures of a day or a month in both tools. */
export interface ComparedRow {
  /** A day like 2026-01-31, a month like 2026-01, or "Total". */
  readonly label: string
  readonly tool: ComparedFigures
  readonly footfall: ComparedFigures
}

export interface ComparedDays {
  readonly by: 'day' | 'month'
  readonly rows: readonly ComparedRow[]
  readonly total: ComparedRow
}

type Days = ReadonlyMap<string, ComparedFigures>

/** More days are shown by month. */
const MOST_DAYS = 62

/** A sum is known if each part is. */
const sumOf = (parts: readonly ComparedFigures[]): ComparedFigures =>
  Object.fromEntries(
    COMPARED.flatMap(name => {
      const numbers = parts.map(part => part[name])
      return numbers.every(number => number !== undefined)
        ? [[name, numbers.reduce((sum, number) => sum + number, 0)]]
        : []
    }),
  )

const rowOf = (label: string, days: readonly string[], tool: Days, footfall: Days): ComparedRow => {
  const figuresOf = (of: Days): ComparedFigures => sumOf(days.map(day => of.get(day) ?? {}))
  return { label, tool: figuresOf(tool), footfall: figuresOf(footfall) }
}

/** Puts the days of another tool beside the same days here; `null` when there is none. */
export const compareDays = (tool: Days, footfall: Days): ComparedDays | null => {
  const days = [...tool.keys()]
  if (days.length === 0) return null
  const by = days.length > MOST_DAYS ? 'month' : 'day'
  const groups = Map.groupBy(days, day => (by === 'month' ? day.slice(0, 7) : day))
  return {
    by,
    rows: [...groups].map(([label, of]) => rowOf(label, of, tool, footfall)),
    total: rowOf('Total', days, tool, footfall),
  }
}

/** The share of bounces among sessions; `undefined` where one of them is unknown or there is no session. */
export const bounceRateOf = ({ bounces, sessions }: ComparedFigures): number | undefined =>
  bounces === undefined || !sessions ? undefined : bounces / sessions

/** The figures that differ on any day or month, of those that both know. */
export const differingFigures = ({ rows }: ComparedDays): readonly Compared[] =>
  COMPARED.filter(name =>
    rows.some(
      ({ tool, footfall }) => tool[name] !== undefined && footfall[name] !== undefined && tool[name] !== footfall[name],
    ),
  )
