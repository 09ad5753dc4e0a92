import type { Context } from 'hono'
import type { Question } from '../../shared/question'
import { sharesMetric } from '../dashboard/shareablePages'
import type { HonoEnv } from '../env'
import { Problem } from '../lib/problem'
import { filtersOf, type NamedSettings } from '../query/parse/filtersOf'
import type { Query } from '../query/parse/query'
import { rulesOf } from '../relations/sql/queryFilter'
import type { PageShare } from '../storage/pageShares'
import { askerOf } from './askerOf'
import { isShare } from './rights'

/** The share by which somebody asks, `null` for everybody else. */
export const shareOf = (c: Context<HonoEnv>): PageShare | null => {
  const asker = askerOf(c)
  return isShare(asker) ? asker : null
}

/** Whether somebody asks by a share that shows a part of the traffic only. */
export const isFiltered = (c: Context<HonoEnv>): boolean => (shareOf(c)?.filters.length ?? 0) > 0

const notShared = (message: string): Problem => new Problem(403, 'not_shared', message)

/**
 * What only the readers of a page need.
 * @param page its id
 * @throws Problem `not_shared`
 */
export const requirePage = (c: Context<HonoEnv>, page: string): void => {
  const share = shareOf(c)
  if (share && !share.pages.includes(page)) throw notShared('This link does not include the page that shows this data.')
}

/**
 * Rejects what counts page views and events that do not pass the filters of the share: `has_done`, which looks at all that
 * a visitor did, and some parameters.
 * @param question as the viewer sent it
 * @throws Problem `impossible_filter`, `impossible_parameter`
 */
export const requireFiltered = (
  c: Context<HonoEnv>,
  { filters }: Question,
  { metrics }: Query,
  settings: NamedSettings,
): void => {
  if (!isFiltered(c)) return
  if (rulesOf(filtersOf(listed(filters), settings)).length > 0)
    throw new Problem(400, 'impossible_filter', 'This link has filters, which exclude "has_done" and segments with it.')
  for (const { metric, args } of metrics) {
    const beyond = metric.parameters.find(({ name, unfiltered }) => unfiltered && args[name] !== null)
    if (!beyond) continue
    const message = `This link has filters, which exclude the parameter "${beyond.name}" of ${metric.id}.`
    throw new Problem(400, 'impossible_parameter', message)
  }
}

/** Filters as they were sent. Any other value is rejected when the query is parsed. */
const listed = (filters: unknown): readonly unknown[] =>
  Array.isArray(filters) ? filters : filters === undefined || filters === null ? [] : [filters]

/**
 * A query, if the share by which somebody asks allows it, with the filters of the share. All filters of a query must hold,
 * so that another one never widens them.
 * @throws Problem `not_shared`
 */
export const withinShare = (c: Context<HonoEnv>, question: Question): Question => {
  const share = shareOf(c)
  if (!share) return question
  // What is no text is no metric, and is rejected when the query is parsed.
  const ids = listed(question.metrics).filter(id => typeof id === 'string')
  const other = ids.find(id => !sharesMetric(share, id))
  if (other !== undefined) throw notShared(`This link does not show ${other.slice(0, 60)}.`)
  if (question.explain) throw notShared('This link does not explain values. Leave out "explain".')
  return { ...question, filters: [...share.filters, ...listed(question.filters)] as NonNullable<Question['filters']> }
}
