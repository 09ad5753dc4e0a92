import { type CsvColumn, columnsIn, csvOf } from '../../../../shared/csv'
import { metricColumns } from '../../../../shared/metricColumns'
import type { Answer, MetricValue, Row } from '../../../../shared/question'
import type { MetricId } from '../../../metrics/metricId'
import type { View } from '../../address'
import { about, type MetricQuestion } from '../../questions'
import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'
import { onboardingTexts } from '../../texts/onboarding'
import { changeMark, hasChange } from '../components/changeMark'
import { emptyState } from '../components/emptyState'
import { type Child, h } from '../components/h'
import { labelWithBar } from '../components/labelWithBar'
import { lowSampleNote } from '../components/lowSampleNote'
import { type Mount, panel } from '../components/panel'
import { periodOf } from '../components/queryPanel'
import { refill } from '../components/refill'
import { table } from '../components/table'
import { valueCell } from '../components/valueCell'
import { warnings } from '../components/warnings'
import { detailText } from '../format/detailText'
import { groupText } from '../format/groupText'
import { intervalText } from '../format/intervalText'
import { number } from '../format/number'
import { valueText } from '../format/valueText'
import { ask } from '../state/ask'
import { definitionOf } from '../state/definitionOf'
import { hrefOf, withOwn } from '../state/view'
import { effectIn, effectQuestion } from './guideEffect'
import { guideOutcome } from './guideOutcome'

const { guides: texts } = onboardingTexts
const { panels, tables } = clientFrameTexts

/** The figures of a guide. Its heading names it, so the labels are short. */
const FIGURES = [
  { id: 'guide_views', text: texts.views },
  { id: 'guide_viewers', text: texts.viewers },
  { id: 'guide_completion_rate', text: texts.completed },
  { id: 'guide_dismiss_rate', text: texts.dismissed },
  { id: 'guide_time_to_complete', text: texts.medianTime },
] as const satisfies readonly { readonly id: MetricId; readonly text: string }[]
const DROPOFF = 'guide_step_dropoff'

const FEW = 6
const MANY = 100
/** As many groups as the API returns: 100 guides of 100 steps. */
const MOST_STEPS = 10_000

const mostOf = ({ own }: View): number => (own.guides === 'more' ? MANY : FEW)

const questions = (view: View): readonly [MetricQuestion, MetricQuestion] => {
  const { compare: _, ...rest } = about(view)
  return [
    {
      ...about(view),
      metrics: FIGURES.map(({ id }) => id),
      dimensions: ['guide'],
      order_by: [['guide_views', 'desc']],
      limit: mostOf(view),
    },
    { ...rest, metrics: [DROPOFF], dimensions: ['guide', 'guide_step'], limit: MOST_STEPS },
  ]
}

interface Step {
  readonly step: number
  readonly dropoff: MetricValue
}

/** The steps of each guide, in order. */
const stepsOf = (answer: Answer | undefined): Map<string, Step[]> => {
  const byGuide = new Map<string, Step[]>()
  for (const { dimensions, metrics } of answer?.rows ?? []) {
    const { guide = '', guide_step = '' } = dimensions ?? {}
    const dropoff = metrics[DROPOFF]
    if (dropoff) byGuide.set(guide, [...(byGuide.get(guide) ?? []), { step: Number(guide_step), dropoff }])
  }
  for (const steps of byGuide.values()) steps.sort((a, b) => a.step - b.step)
  return byGuide
}

/** A stage of a guide, and the runs that reached it. */
interface Reached {
  readonly text: string
  readonly runs: number
  /** The runs that got no further; `null` without a next step. */
  readonly dropoff: MetricValue | null
}

/** The last step has no drop-off of its own. The runs that passed the one before it reached it. */
const lastStep = ({ step, dropoff }: Step): Reached => ({
  text: fill(texts.lastStep, { step: step + 1 }),
  runs: (dropoff.denominator ?? 0) - (dropoff.numerator ?? 0),
  dropoff: null,
})

const reached = (completion: MetricValue | undefined, steps: readonly Step[]): Reached[] => [
  { text: texts.started, runs: completion?.denominator ?? 0, dropoff: null },
  ...steps.map(({ step, dropoff }) => ({ text: fill(texts.step, { step }), runs: dropoff.denominator ?? 0, dropoff })),
  ...steps.slice(-1).map(lastStep),
  { text: texts.completed, runs: completion?.numerator ?? 0, dropoff: null },
]

const HEADS = [
  { text: tables.step },
  { text: texts.runs, number: true },
  { text: texts.droppedOff, number: true },
  { text: tables.dropOff, number: true },
]

const drawSteps = (guide: string, all: readonly Reached[]): HTMLElement => {
  const started = all[0]?.runs ?? 0
  const rows = all.map(({ text, runs, dropoff }): Child[] => [
    labelWithBar(text, started === 0 ? 0 : runs / started),
    number(runs),
    dropoff && number(dropoff.numerator ?? 0),
    dropoff && valueCell(definitionOf(DROPOFF), dropoff),
  ])
  return table(fill(texts.table, { guide }), HEADS, rows)
}

/** The interval of a value, or the reason why there is no value. One note below all guides explains small samples. */
const detailsOf = (id: MetricId, value: MetricValue): string =>
  value.value === null ? detailText(definitionOf(id), value) : intervalText(definitionOf(id), value)

const fact = (id: MetricId, text: string, value: MetricValue | undefined): HTMLElement | null => {
  if (!value) return null
  const definition = definitionOf(id)
  return h(
    'div',
    { 'data-metric': id, 'data-status': value.status },
    h('dt', { title: definition.help }, text),
    h(
      'dd',
      {},
      h(
        'strong',
        { 'data-value': value.value ?? '' },
        `${value.status === 'low_sample' ? '~' : ''}${valueText(definition, value.value)}`,
      ),
      hasChange(value) && changeMark(definition, value),
    ),
    definition.unit !== 'count' && h('dd', { class: 'made' }, detailsOf(id, value)),
  )
}

const drawGuide = (
  { dimensions, metrics }: Row,
  steps: readonly Step[],
  effect: MetricValue | undefined,
): HTMLElement => {
  const name = groupText('guide', dimensions?.guide ?? '')
  return h(
    'article',
    { class: 'guide', 'data-guide': name },
    h('h3', {}, h('bdi', {}, name)),
    h('dl', { class: 'facts' }, ...FIGURES.map(({ id, text }) => fact(id, text, metrics[id]))),
    steps.length === 0
      ? h('p', { class: 'note' }, texts.noSteps)
      : drawSteps(name, reached(metrics.guide_completion_rate, steps)),
    guideOutcome(effect),
  )
}

const more = (rows: readonly Row[], { own }: View): HTMLElement | null => {
  const link = (guides: string | null, text: string) =>
    h('a', { class: 'more', href: hrefOf(withOwn({ guides })), 'data-view': true }, text)
  if (own.guides === 'more') return link(null, panels.showLess)
  return rows.length < FEW ? null : link('more', panels.showMore)
}

interface Line {
  readonly guide: string
  readonly at: Reached
}

const COLUMNS: readonly CsvColumn<Line>[] = [
  { name: 'guide', of: ({ guide }) => guide },
  { name: 'step', of: ({ at }) => at.text },
  { name: 'runs', of: ({ at }) => at.runs },
  { name: 'dropped_off', of: ({ at }) => at.dropoff?.numerator },
  ...columnsIn(metricColumns('drop_off_rate', ['value', 'low', 'high']), ({ at }: Line) => at.dropoff ?? undefined),
]

const linesOf = ([figures, dropoffs]: readonly Answer[]): Line[] => {
  const steps = stepsOf(dropoffs)
  return (figures?.rows ?? []).flatMap(({ dimensions, metrics }) => {
    const guide = dimensions?.guide ?? ''
    return reached(metrics.guide_completion_rate, steps.get(guide) ?? []).map(at => ({ guide, at }))
  })
}

interface GuideAnswers {
  /** Figures of guides, and the drop-off of their steps. */
  readonly answers: readonly Answer[]
  /** The effect of each guide on activation, in the order of the figures. */
  readonly effects: readonly (MetricValue | undefined)[]
}

const load = async (view: View, signal: AbortSignal): Promise<GuideAnswers> => {
  const answers = await Promise.all(questions(view).map(question => ask(question, signal)))
  const ids = (answers[0]?.rows ?? []).map(({ dimensions }) => dimensions?.guide ?? '')
  const effects = await Promise.all(ids.map(id => ask(effectQuestion(view, id), signal)))
  return { answers, effects: effects.map(effectIn) }
}

/** Guides, most viewed first: how their runs ended, at which step, and whether their users activated. */
export const guides: Mount = panel<GuideAnswers>({
  key: view => JSON.stringify(questions(view)),
  load,
  draw: (body, { answers: [figures, dropoffs], effects }, view) => {
    const steps = stepsOf(dropoffs)
    const rows = figures?.rows ?? []
    if (rows.length === 0) return refill(body, emptyState(texts.none))
    const articles = rows.map((row, at) => drawGuide(row, steps.get(row.dimensions?.guide ?? '') ?? [], effects[at]))
    refill(
      body,
      h('div', { class: 'guides' }, ...articles),
      lowSampleNote(rows.flatMap(({ metrics }) => Object.values(metrics))),
      more(rows, view),
      ...warnings(figures),
    )
  },
  csv: ({ answers }) => ({ period: periodOf(answers[0]), text: csvOf(COLUMNS, linesOf(answers)) }),
})
