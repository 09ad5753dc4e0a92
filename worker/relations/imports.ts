import type { ImportKind } from '../../shared/imports'
import type { Relation } from './relation'
import type { Builder } from './sql/builder'
import { int } from './sql/int'
import { condition, where } from './sql/shape'
import type { MoneySource } from './terms'

/** An imported row's value of a dimension. */
const textOf = (dimension: string): string => `coalesce(nullif(i.texts->>'${dimension}', ''), '(not set)')`

/** Imported rows `i` of a kind in the period, in the groups of the query. */
export const importRows = (
  b: Builder,
  kind: ImportKind,
  columns: string,
  conditions: readonly string[] = [],
): string => {
  const groups = b.scope.dimensions.map(({ id }, index) => `, ${textOf(id)} as d${index}`).join('')
  const filters = b.scope.filters.map(filter => condition(b, filter, ({ id }) => textOf(id)))
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

/** Money spent, in the one currency of the metric. */
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

export const AI_FETCHES: Relation = {
  key: 'ai_fetches',
  isImported: true,
  rows: b => importRows(b, 'ai_fetches', "i.numbers->>'fetches' as fetches"),
}

export const SERVED_PAGES: Relation = {
  key: 'served_pages',
  isImported: true,
  rows: b => importRows(b, 'served_pages', "i.numbers->>'pages' as pages, i.numbers->>'sampled' as sampled"),
}

/** Own and total sales of markets, in units or in money of one currency. */
export const market = (measure: 'units' | 'revenue'): Relation => ({
  key: `market/${measure}`,
  isImported: true,
  rows: b =>
    importRows(b, 'market', `i.numbers->>'own_${measure}' as own, i.numbers->>'market_${measure}' as whole`, [
      `i.numbers->>'market_${measure}' is not null`,
      ...(measure === 'revenue' ? [ofCurrency(b, ['market'])] : []),
    ]),
})
