import { groupKey, type Totals } from '../merge/totals'
import { NOT_WHOLE } from '../plan/importedLack'
import type { PeriodPlan, QueryPlan } from '../plan/plan'
import { hasOwn } from './hasOwn'

/** A metric's position, and what a warning says of it. */
type Said = readonly [position: number, text: string]

const excluded = (reason: string): string =>
  reason === NOT_WHOLE ? `${reason} That day was excluded.` : reason.replace(/\.( |$)/, ' and were excluded.$1')

/** Why imported days are not counted, where no reading says so. */
const unsaid = ({ imported }: PeriodPlan, isSaid: (position: number, bucket: number) => boolean): Said[] => {
  const lacks = [...imported.lacking].flatMap(([position, buckets]) =>
    [...buckets].flatMap(([bucket, reason]): Said[] =>
      isSaid(position, bucket) ? [] : [[position, excluded(reason)]],
    ),
  )
  const takers = imported.segments.flatMap(({ measures }) => measures.map(({ position }) => position))
  const parts = [...imported.parts].flatMap(bucket =>
    takers.flatMap((position): Said[] =>
      imported.lacking.get(position)?.has(bucket) ? [] : [[position, excluded(NOT_WHOLE)]],
    ),
  )
  return [...lacks, ...parts]
}

/** One warning for each reason why imported days are not counted. */
export const importedWarnings = ({ query, current, previous }: QueryPlan, totals: Totals): string[] => {
  const isSaid = (position: number, bucket: number): boolean =>
    query.dimensions.length === 0 &&
    current.imported.only.has(bucket) &&
    !hasOwn(totals.get(groupKey(bucket, []))?.[position])
  const said = [...unsaid(current, isSaid), ...(previous ? unsaid(previous, () => false) : [])]
  const aside = current.imported.aside + (previous?.imported.aside ?? 0)
  const days = aside === 1 ? '1 imported day was' : `${aside} imported days were`
  return [
    ...[...Map.groupBy(said, ([, text]) => text)].map(([text, all]) => {
      const names = new Set(all.map(([position]) => query.metrics[position]?.metric.id))
      return `${[...names].join(', ')}: ${text}`
    }),
    ...(aside > 0 ? [`${days} excluded: this site has events then, but no page views.`] : []),
  ]
}
