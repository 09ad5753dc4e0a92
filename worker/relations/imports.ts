import type { ImportKind } from '../../shared/imports'
import type { Relation } from './relation'
import type { Builder } from './sql/builder'
import { int } from './sql/int'
import { condition, where } from './sql/shape'
import type { MoneySource } from './terms'

/** What an imported row says of a dimension. */
const textOf = (dimension: string): string => `coalesce(nullif(i.texts->>'${dimension}', ''), '(not set)')`

/** Rows `i` of a kind with a day in the period, in the groups of the question. */
export const importRows = (
  b: Builder,
  kind: ImportKind,
  columns: string,
  conditions: readonly string[] = [],
): string => {
  const groups = b.scope.dimensions.map(({ id }, index) => `, ${textOf(id)} as d${index}`).join('')
  const filters = b.scope.filters.map(filter => condition(b, filter, textOf(filter.dimension.id)))
  const { firstDay, lastDay } = b.scope.range
  return `select ${b.bucketOfDay('i.day')} as bucket${groups}, null as person, ${columns}
from imports i${where([
    `i.site = ${b.bind(b.scope.site)} and i.kind = '${kind}'`,
    `i.day between ${int(firstDay)} and ${int(lastDay)}`,
    ...conditions,
    ...filters,
  ])}`
}

const ofCurrency = (b: Builder, sources: readonly MoneySource[]): string =>
  `i.currency = ${b.bind(b.currency(sources))}`

/** Money spent; all amounts of a metric are of one currency, so it is named which they are. */
export const costs = (sources: readonly MoneySource[]): Relation => ({
  key: `costs/${sources}`,
  isImported: true,
  rows: b => importRows(b, 'costs', "i.numbers->>'amount' as amount", [ofCurrency(b, sources)]),
})

export const SOCIAL: Relation = {
  key: 'social',
  isImported: true,
  rows: b =>
    importRows(b, 'social', "i.numbers->>'impressions' as impressions, i.numbers->>'engagements' as engagements"),
}

/** Own and whole sales of markets: pieces, or money of one currency. */
export const market = (measure: 'units' | 'revenue'): Relation => ({
  key: `market/${measure}`,
  isImported: true,
  rows: b =>
    importRows(b, 'market', `i.numbers->>'own_${measure}' as own, i.numbers->>'market_${measure}' as whole`, [
      `i.numbers->>'market_${measure}' is not null`,
      ...(measure === 'revenue' ? [ofCurrency(b, ['market'])] : []),
    ]),
})
