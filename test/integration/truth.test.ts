import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import type { Question } from '../../shared/question'
import { METRICS } from '../../worker/metrics/definitions'
import { DIMENSIONS } from '../../worker/metrics/dimensions'
import { addDays } from '../oracle/calendar'
import { compareChanges, hasBefore, isOver } from '../oracle/changes'
import { compare } from '../oracle/compare'
import { EVENT_DIMENSIONS, SESSION_DIMENSIONS, valuesOf } from '../oracle/dimensions'
import { worldOf } from '../oracle/facts'
import { NO_IMPORTS } from '../oracle/imports'
import { ALL, askedFrom, EVERY_DAY, type PlannedQuestion, questionAbout } from '../oracle/questions'
import { dailyIdPlan, happen, happenWithDailyIds, plan, resent, type Scenario, sentIn } from '../oracle/scenario'
import {
  ask,
  askClicks,
  askCohorts,
  askCrawlers,
  askDropoff,
  askFeatures,
  askFetchedPages,
  askGoalRates,
  askGoals,
  askOpens,
  type TruthQuestion,
} from '../oracle/truth'
import { clockByHand } from './clockByHand'
import { deliver, importRows, withSite } from './delivery'
import { runsOnStore } from './runs'
import { cron, query, type TestSite } from './setup'

/** Enough to meet every rule often. */
const RUNS = { metrics: runsOnStore(40), dailyIds: runsOnStore(12), orders: runsOnStore(6) }

/** Leaves time to shrink a failure to the smallest events; running out of it is a failure. */
const PATIENCE = { interruptAfterTimeLimit: 600_000, markInterruptAsFailure: true, seed: env.TEST_SEED }
const TIMEOUT = 660_000

clockByHand(Date.UTC(2026, 0, 1))

const story = ({ site, founded, deliveries, imports }: Scenario) => {
  const lines = deliveries.flatMap(({ at, settle, events }) => [
    `${new Date(at).toISOString()} ${settle ? 'sent, then the cron' : 'sent'}:`,
    ...events.map(({ time, ...event }) => `  ${new Date(time).toISOString()} ${JSON.stringify(event)}`),
  ])
  return [`${JSON.stringify(site)} founded ${new Date(founded).toISOString()}`, ...lines, JSON.stringify(imports)].join(
    '\n',
  )
}

/** Queries the API and the oracle, and demands one answer. */
const demand = async (site: TestSite, scenario: Scenario, question: TruthQuestion) => {
  const world = worldOf(sentIn(scenario), scenario.site, scenario.imports)
  const now = Date.now()
  const isCompared = isOver(world, now, question)
  const asked = { ...question, ...(isCompared && { compare: 'previous_period' }) }
  const { rows, meta } = await query(site, asked as Omit<Question, 'site'>)
  const truth = ask(world, now, question)
  const wrong = [...compare(rows, truth, question), ...compareChanges(rows, truth, world, now, question, isCompared)]
  const reasons = meta.warnings.filter(warning => warning.startsWith('No previous data'))
  expect(reasons.length).toBe(isCompared && !hasBefore(world, now, question) ? 1 : 0)
  if (wrong.length === 0) return
  const when = `asked ${JSON.stringify(asked)} at ${new Date().toISOString()}`
  throw new Error([...wrong.slice(0, 12), when, story(scenario)].join('\n'))
}

/** Dimensions by which only one metric breaks down, with their oracle. */
const SPLITS = [
  ['guide_step_dropoff', 'guide_step', askDropoff],
  ['retention_rate', 'cohort', askCohorts],
  ['feature_adoption_rate', 'feature', askFeatures],
  ['goal_conversions', 'goal', askGoals],
  ['goal_conversion_rate', 'goal', askGoalRates],
  ['email_open_rate', 'campaign', askOpens],
  ['email_click_rate', 'campaign', askClicks],
  ['ai_fetches', 'page', askFetchedPages],
  ['ai_fetches', 'crawler', askCrawlers],
] as const

/** By group, only groups with events. */
const demandSplits = async (site: TestSite, scenario: Scenario) => {
  const period = { from: scenario.firstDay, to: addDays(scenario.firstDay, 9) }
  const world = worldOf(sentIn(scenario), scenario.site, scenario.imports)
  for (const [metric, dimension, askSplit] of SPLITS) {
    const { rows } = await query(site, { metrics: [metric], dimensions: [dimension], period })
    const answered = rows.map(({ dimensions, metrics: { [metric]: cell } }) => [dimensions?.[dimension], cell] as const)
    const expected = [...askSplit(world, Date.now(), { period })].map(([name, cell]) => [String(name), cell] as const)
    const shown = (cells: typeof answered | typeof expected) =>
      cells
        // A feature used by nobody who counts may be listed or not.
        .filter(([, cell]) => (cell?.denominator ?? cell?.value) && (dimension !== 'feature' || cell?.numerator))
        .map(([name, cell]) => `${metric} of ${name}: ${cell?.numerator} of ${cell?.denominator ?? 'all'}`)
        .sort()
    expect(shown(answered)).toEqual(shown(expected))
  }
}

/** The first pages of a scenario have most of its views. */
const MEDIAN_PAGES = 2

/**
 * By day, for some pages. A median ranks the rows of one day, and random questions seldom leave it several rows on
 * several days to rank.
 */
const demandMedians = async (site: TestSite, scenario: Scenario) => {
  const world = worldOf(sentIn(scenario), scenario.site, scenario.imports)
  for (const page of valuesOf(world.facts, 'page').slice(0, MEDIAN_PAGES)) {
    const question = askedFrom(world, [
      EVERY_DAY,
      {
        metrics: ['content_reading_time', 'session_duration'],
        parameters: { session_duration: { statistic: 'median' } },
        granularity: 'day',
      },
    ])
    await demand(site, scenario, { ...question, filters: [['is', 'page', [page]]] })
  }
}

const demandAll = async (scenario: Scenario, questions: readonly PlannedQuestion[], checkpoint: number) => {
  const world = worldOf(sentIn(scenario), scenario.site, scenario.imports)
  const [early, ...late] = questions.map(one => askedFrom(world, one))
  await withSite(scenario, async site => {
    for (const [n, delivery] of scenario.deliveries.entries()) {
      await deliver(site, delivery)
      const soFar = { ...scenario, deliveries: scenario.deliveries.slice(0, n + 1), imports: NO_IMPORTS }
      if (n === checkpoint && early) await demand(site, soFar, early)
    }
    vi.setSystemTime(scenario.now)
    await importRows(site, scenario.imports)
    for (const [n, one] of late.entries()) {
      // From events, then from rollups.
      if (n === 1) await cron()
      await demand(site, scenario, one)
    }
    await demandSplits(site, scenario)
    await demandMedians(site, scenario)
  })
}

const questions = fc.array(questionAbout(ALL), { minLength: 4, maxLength: 6 })
const checkpoint = fc.nat({ max: 20 })

test('every metric has a second implementation, and the other way round', () => {
  expect([...ALL].sort()).toEqual(METRICS.map(({ id }) => id).sort())
})

test('every dimension has a second implementation', () => {
  const known = [...SESSION_DIMENSIONS, ...EVENT_DIMENSIONS, ...SPLITS.map(([, dimension]) => dimension)]
  expect([...new Set(known)].sort()).toEqual(DIMENSIONS.map(({ id }) => id).sort())
})

test(
  'every metric is what the oracle computes, for random events in random order',
  async () => {
    const property = fc.asyncProperty(plan, questions, checkpoint, (plan, questions, checkpoint) =>
      demandAll(happen(plan, Date.now()), questions, checkpoint),
    )
    await fc.assert(property, { numRuns: RUNS.metrics, ...PATIENCE })
  },
  TIMEOUT,
)

test(
  'visitors without a persistent id count for one day, and are excluded where more is needed',
  async () => {
    const property = fc.asyncProperty(dailyIdPlan, questions, checkpoint, (plan, questions, checkpoint) =>
      demandAll(happenWithDailyIds(plan, Date.now()), questions, checkpoint),
    )
    await fc.assert(property, { numRuns: RUNS.dailyIds, ...PATIENCE })
  },
  TIMEOUT,
)

/** Queries for every order of the same events. */
const ofAnyOrder = (firstDay: string): Omit<Question, 'site'>[] => [
  { metrics: ALL, period: '30d', granularity: 'day' },
  { metrics: ['sessions', 'bounce_rate', 'visitors'], period: '30d', dimensions: ['entry_page', 'country'] },
  { metrics: ALL, period: { from: firstDay, to: firstDay } },
]

const answersTo = async (scenario: Scenario) => {
  const answers: string[] = []
  await withSite(scenario, async site => {
    for (const delivery of scenario.deliveries) await deliver(site, delivery)
    vi.setSystemTime(scenario.now)
    await importRows(site, scenario.imports)
    for (const one of ofAnyOrder(scenario.firstDay)) {
      for (const row of (await query(site, one)).rows) answers.push(JSON.stringify(row))
    }
  })
  return answers
}

test(
  'the order and batches of arrival change nothing',
  async () => {
    const property = fc.asyncProperty(plan, async plan => {
      const scenario = happen(plan, Date.now())
      const answers = await answersTo(scenario)
      for (const again of resent(scenario)) {
        const others = await answersTo(again)
        const n = others.findIndex((row, n) => row !== answers[n])
        if (n >= 0)
          throw new Error([others[n], 'instead of', answers[n], story(again), 'instead of', story(scenario)].join('\n'))
        expect(others.length).toBe(answers.length)
      }
    })
    await fc.assert(property, { numRuns: RUNS.orders, ...PATIENCE })
  },
  TIMEOUT,
)
