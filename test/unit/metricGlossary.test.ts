import { expect, test } from 'vitest'
import { METRICS } from '../../worker/metrics/definitions'
import { definitionsOf, GLOSSARY, type GlossaryTerm } from '../../worker/metrics/glossary'
import type { Arguments, Metric } from '../../worker/metrics/metric'
import { wordsOf } from '../../worker/metrics/wordsOf'

/** Patterns of each term in a text, which find a metric that forgets to declare one. */
const SPELLINGS: Record<GlossaryTerm, RegExp> = {
  visitor: /visitor/,
  session: /session/,
  'page view': /page view/,
  // The value event may be a page view.
  event: /(?<!value )\bevents?\b/,
  engaged: /\bengaged\b/,
  conversion: /\bconversions?\b/,
  cart: /\bcarts?\b/,
  order: /\borders?\b/,
  'gross revenue': /gross revenue/,
  revenue: /(?<!gross )revenue/,
  refund: /\brefunds\b/,
  lead: /\bleads?\b/,
  'sign-up': /\bsign-ups?\b/,
  trial: /\btrials\b/,
  customer: /\bcustomers?\b/,
  active: /\b(active|dau|mau)\b/,
  'guide run': /\bruns?\b/,
  settled: /\bsettled\b/,
  spend: /\bspend\b/,
  delivered: /\bdelivered\b/,
  feature: /\bfeatures?\b/,
  goal: /\bgoals?\b/,
  answer: /answers/,
}

/** Every combination of listed values, with the defaults of other parameters. */
const everyArguments = ({ parameters }: Metric): readonly Arguments[] =>
  parameters.reduce<readonly Arguments[]>(
    (all, { name, values, default: usual }) =>
      all.flatMap(one =>
        (values ?? [usual, ...(usual === null ? ['x'] : [])]).map(value => ({ ...one, [name]: value })),
      ),
    [{}],
  )

const ALL = METRICS.flatMap(metric =>
  everyArguments(metric).map(args => [metric.id, args, wordsOf(metric, args)] as const),
)

test.each(ALL)('%s %j defines every term that its numerator and denominator use', (_id, _args, words) => {
  const text = [words.numerator, words.denominator].join(' ')
  const used = Object.entries(SPELLINGS).flatMap(([term, spelling]) => (spelling.test(text) ? [term] : []))
  expect(Object.keys(words.definitions)).toEqual(expect.arrayContaining(used))
})

test('every term is used by a metric', () => {
  const used = new Set(ALL.flatMap(([, , { definitions }]) => Object.keys(definitions)))
  expect(Object.keys(GLOSSARY).filter(term => !used.has(term))).toEqual([])
})

test('definitions follow the order of the glossary', () => {
  expect(Object.keys(definitionsOf(['engaged', 'session']))).toEqual(['session', 'engaged'])
})
