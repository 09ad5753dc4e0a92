import { answersTo } from '../../relations/answers'
import { formula } from '../kinds/formula'
import { get } from '../kinds/get'
import { noData } from '../kinds/noData'
import { share } from '../kinds/share'
import type { Metric, Sums } from '../metric'
import { npsInterval, npsVariance } from '../statistics/nps'

const ALL = 'session_and_event'

/** The share of NPS answers with certain scores. */
const shareOfNps = <Id extends string>(
  described: Pick<Metric<Id>, 'id' | 'name' | 'help' | 'better'> & { numerator: string; scores: string },
): Metric<Id> =>
  share({
    ...described,
    denominator: 'answers',
    glossary: ['answer'],
    events: ['survey_response'],
    unit: 'ratio',
    breakdown: ALL,
    of: () => ({
      form: 'sums',
      relation: answersTo('nps'),
      sums: { numerator: `sum(${described.scores})`, denominator: 'count(score)' },
    }),
    whole: 'answers to a survey_response of kind "nps"',
  })

/** Survey results. */
export const SATISFACTION = [
  formula({
    id: 'nps',
    name: 'Net promoter score',
    help: 'The share of promoters minus the share of detractors, from −100 to 100, with one answer per respondent and survey.',
    formula: '100 × (answers of 9 and 10 − answers of 0 to 6) / answers',
    numerator: 'answers of 9 and 10 − answers of 0 to 6',
    denominator: 'answers',
    glossary: ['answer'],
    events: ['survey_response'],
    factor: 100,
    unit: 'score',
    better: 'up',
    breakdown: ALL,
    intervalBy: 'normal',
    change: 'difference',
    of: () => [
      {
        form: 'sums',
        relation: answersTo('nps'),
        sums: { promoters: 'sum(score >= 9)', detractors: 'sum(score <= 6)', answers: 'count(score)' },
      },
    ],
    compute: (sums: Sums) => {
      const [promoters, detractors, answers] = [get(sums, 'promoters'), get(sums, 'detractors'), get(sums, 'answers')]
      if (answers === 0) return noData(0, 'answers to a survey_response of kind "nps"')
      return {
        value: (100 * (promoters - detractors)) / answers,
        numerator: promoters - detractors,
        denominator: answers,
        interval: npsInterval(promoters, detractors, answers),
        variance: npsVariance(promoters, detractors, answers),
        status: 'ok',
        pending: 0,
      }
    },
  }),
  shareOfNps({
    id: 'nps_promoters',
    name: 'Promoters',
    help: 'The share of net promoter score answers that are 9 or 10.',
    numerator: 'answers of 9 or 10',
    better: 'up',
    scores: 'score >= 9',
  }),
  shareOfNps({
    id: 'nps_passives',
    name: 'Passives',
    help: 'The share of net promoter score answers that are 7 or 8.',
    numerator: 'answers of 7 or 8',
    better: 'up',
    scores: 'score between 7 and 8',
  }),
  shareOfNps({
    id: 'nps_detractors',
    name: 'Detractors',
    help: 'The share of net promoter score answers from 0 to 6.',
    numerator: 'answers of 0 to 6',
    better: 'down',
    scores: 'score <= 6',
  }),
  share({
    id: 'csat',
    name: 'Customer satisfaction',
    help: 'The share of answers of 4 or 5 on a five-point scale, with one answer per respondent and survey.',
    numerator: 'answers of 4 and 5',
    denominator: 'answers',
    glossary: ['answer'],
    events: [['survey_response', { survey_id: 'spring', kind: 'csat', score: 5 }]],
    unit: 'ratio',
    better: 'up',
    breakdown: ALL,
    of: () => ({
      form: 'sums',
      relation: answersTo('csat'),
      sums: { numerator: 'sum(score >= 4)', denominator: 'count(score)' },
    }),
    whole: 'answers to a survey_response of kind "csat"',
  }),
] as const
