import { expect, test } from 'vitest'
import { METRICS } from '../../worker/metrics/definitions'
import { definitionsIn, GLOSSARY } from '../../worker/metrics/glossary'
import type { Arguments, Metric } from '../../worker/metrics/metric'
import { wordsOf } from '../../worker/metrics/wordsOf'

test.each([
  ['engaged sessions', ['session', 'engaged']],
  ['engagements / impressions', []],
  ['visitors with a lead_qualified', ['visitor']],
  // It may be a page view.
  ['sign-ups with the value event', ['sign-up']],
  ['interactive events other than page views', ['page view', 'event']],
  ['people with a subscription that is not in trial', []],
])('%s: defines the words that are meant, and no words that only look like them', (text, terms) => {
  expect(Object.keys(definitionsIn(text))).toEqual(terms)
})

/** Every combination of the values that are listed, and the defaults of other parameters. */
const everyArguments = ({ parameters }: Metric): readonly Arguments[] =>
  parameters.reduce<readonly Arguments[]>(
    (all, { name, values, default: usual }) =>
      all.flatMap(one => (values ?? [usual]).map(value => ({ ...one, [name]: value }))),
    [{}],
  )

test('every definition is of a word that some metric uses', () => {
  const used = METRICS.flatMap(metric =>
    everyArguments(metric).flatMap(args => Object.keys(wordsOf(metric, args).definitions)),
  )
  expect(GLOSSARY.map(([term]) => term).filter(term => !used.includes(term))).toEqual([])
})
