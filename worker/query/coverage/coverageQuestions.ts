import type { Question } from '../../../shared/question'

/** More browsers than the collector tells apart. */
const MOST_BROWSERS = 100

/** The questions whose answers hold the coverage, by day and browser: what was recorded, and what was served. */
export const coverageQuestions = (asked: Pick<Question, 'site' | 'period'>): readonly Question[] =>
  [['visitors', 'pageviews', 'content_pages_per_visitor'], ['served_pages']].map(metrics => ({
    ...asked,
    metrics,
    granularity: 'day',
    dimensions: ['browser'],
    limit: MOST_BROWSERS,
  }))
