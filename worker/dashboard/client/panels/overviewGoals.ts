import type { Answer, MetricValue } from '../../../../shared/question'
import { searchOf, type View } from '../../address'
import { OVERVIEW_CARDS } from '../../overviewCards'
import type { GoalData } from '../../page'
import { about, cardsQuestion, type MetricQuestion } from '../../questions'
import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'
import { overviewTexts } from '../../texts/overview'
import { changeMark } from '../components/changeMark'
import { emptyState } from '../components/emptyState'
import { h } from '../components/h'
import { bar } from '../components/labelWithBar'
import { type Drawing, type Mount, panel } from '../components/panel'
import { refill } from '../components/refill'
import { settingsLink } from '../components/settingsLink'
import { warnings } from '../components/warnings'
import { intervalText } from '../format/intervalText'
import { number, percent } from '../format/number'
import { ask } from '../state/ask'
import { definitionOf } from '../state/definitionOf'
import { PAGE } from '../state/page'

const { goals: texts } = overviewTexts

const CONVERSIONS = 'goal_conversions'
const RATE = 'goal_conversion_rate'
const MAX_GOALS = 8

/** Panels of the page Goals & events. */
const MORE = [
  { id: 'goal-list', text: texts.allGoals },
  { id: 'events', text: texts.events },
  { id: 'funnels', text: texts.funnels },
  { id: 'outbound', text: texts.outbound },
  { id: 'downloads', text: texts.downloads },
] as const

/** Only conversions are compared: comparing the rate would read five times as many rows. */
const questions = (view: View): readonly [MetricQuestion, MetricQuestion] => {
  const { compare: _, ...rest } = about(view)
  return [
    { ...about(view), metrics: [CONVERSIONS], dimensions: ['goal'] },
    { ...rest, metrics: [RATE], dimensions: ['goal'] },
  ]
}

/** Waits for the cards, which ask the same question, so that goals do not delay the rest of the page. */
const load: Drawing<readonly Answer[]>['load'] = async (view, signal) => {
  if (PAGE.goals.length === 0) return []
  await ask(cardsQuestion(OVERVIEW_CARDS, view), signal)
  return Promise.all(questions(view).map(question => ask(question, signal)))
}

const valuesIn = (answer: Answer | undefined, metric: string): ReadonlyMap<string, MetricValue | undefined> =>
  new Map((answer?.rows ?? []).map(({ dimensions, metrics }) => [dimensions?.goal ?? '', metrics[metric]]))

interface GoalFigures extends GoalData {
  readonly conversions: MetricValue | undefined
  readonly rate: MetricValue | undefined
}

/** The goals with the most conversions. */
const figuresIn = ([conversions, rates]: readonly Answer[]): readonly GoalFigures[] => {
  const [counted, shares] = [valuesIn(conversions, CONVERSIONS), valuesIn(rates, RATE)]
  return PAGE.goals
    .map(goal => ({ ...goal, conversions: counted.get(goal.id), rate: shares.get(goal.id) }))
    .toSorted((one, other) => (other.conversions?.value ?? 0) - (one.conversions?.value ?? 0))
    .slice(0, MAX_GOALS)
}

const rateText = (rate: MetricValue): string => {
  const range = intervalText(definitionOf(RATE), rate)
  const share = `${rate.status === 'low_sample' ? '~' : ''}${percent(rate.value ?? 0)}`
  return range === '' ? fill(texts.share, { share }) : fill(texts.shareWithRange, { share, range })
}

const goalCard = ({ id, name, conversions, rate }: GoalFigures): HTMLElement =>
  h(
    'li',
    { class: 'card', 'data-goal': id },
    h('span', { class: 'name' }, h('bdi', {}, name)),
    h('strong', { class: 'value', 'data-value': conversions?.value ?? 0 }, number(conversions?.value ?? 0)),
    conversions && changeMark(definitionOf(CONVERSIONS), conversions),
    rate && rate.value !== null && h('p', { class: 'made', 'data-value': rate.value }, rateText(rate)),
    rate && rate.value !== null && bar(rate.value),
  )

const moreLink = (view: View, { id, text }: (typeof MORE)[number]): HTMLElement =>
  h('a', { class: 'more', href: `/goals${searchOf({ ...view, own: {} })}#${id}` }, text)

const goalsPanel = panel<readonly Answer[]>({
  key: view => JSON.stringify(PAGE.goals.length === 0 ? [] : questions(view)),
  load,
  draw: (body, answers, view) => {
    const add = PAGE.rights.edit && settingsLink(view, 'goals', clientFrameTexts.panels.addGoal)
    if (PAGE.goals.length === 0) return refill(body, emptyState(texts.none), add)
    const cards = h('ul', { class: 'cards row', 'aria-label': texts.list }, ...figuresIn(answers).map(goalCard))
    refill(body, cards, ...MORE.map(one => moreLink(view, one)), add, ...answers.flatMap(warnings))
  },
})

/** The goals with the most conversions: how often each was reached, its change, and its conversion rate. */
export const overviewGoals: Mount = section => {
  // Only the owner can add the first goal.
  section.hidden = PAGE.goals.length === 0 && !PAGE.rights.edit
  goalsPanel(section)
}
