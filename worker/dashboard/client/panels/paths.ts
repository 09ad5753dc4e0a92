import { type CsvColumn, csvOf } from '../../../../shared/csv'
import type { Answer, DateRange, MetricValue, PathStep } from '../../../../shared/question'
import type { View } from '../../address'
import { breakdownQuestion } from '../../breakdown'
import { about, type MetricQuestion } from '../../questions'
import { emptyState } from '../components/emptyState'
import { find } from '../components/find'
import { type Child, h } from '../components/h'
import { bar } from '../components/labelWithBar'
import { chosenOption, optionLinks } from '../components/optionLinks'
import { type Drawing, panel } from '../components/panel'
import { periodOf } from '../components/queryPanel'
import { refill } from '../components/refill'
import { table } from '../components/table'
import { warnings } from '../components/warnings'
import { groupText } from '../format/groupText'
import { intervalText } from '../format/intervalText'
import { number, percent } from '../format/number'
import { ask } from '../state/ask'
import { go, hrefOf, view, withOwn } from '../state/view'
import { EVENT_BREAKDOWN } from './eventBreakdowns'

const METRIC = 'paths'

const DIRECTIONS = [
  { value: 'after', text: 'After' },
  { value: 'before', text: 'Before' },
] as const
const SHOWN = [
  { value: 'pages', text: 'Pages' },
  { value: 'events', text: 'Events' },
] as const

const directionOf = ({ own }: View) => chosenOption(DIRECTIONS, own.direction)
const shownOf = ({ own }: View) => chosenOption(SHOWN, own.show)

/** Names per step; the others are one row. */
const FEW = 7
/** Pages that the field offers. */
const MANY = 50

type Top = PathStep['top'][number]

interface Paths {
  /** `null` until the page or event is chosen where the paths begin. */
  readonly answer: Answer | null
  readonly period: DateRange
  /** The most frequent ones, which the field offers. */
  readonly pages: readonly string[]
  readonly events: readonly string[]
}

/** The period and filters, without the comparison: paths read every page view of their period. */
const uncompared = (one: View) => {
  const { compare: _, ...rest } = about(one)
  return rest
}

const pagesQuestion = (one: View): MetricQuestion => ({
  ...uncompared(one),
  metrics: ['pageviews'],
  dimensions: ['page'],
  order_by: [['pageviews', 'desc']],
  limit: MANY,
})

const isPage = (name: string): boolean => name.startsWith('/')

const pathsQuestion = (one: View, from: string): MetricQuestion => ({
  ...uncompared(one),
  metrics: [METRIC],
  parameters: {
    [METRIC]: {
      [isPage(from) ? 'page' : 'event']: from,
      direction: directionOf(one).value,
      show: shownOf(one).value,
    },
  },
})

const groupsIn = ({ rows }: Answer, dimension: string): string[] =>
  rows.map(({ dimensions }) => dimensions?.[dimension] ?? '')

/** Paths load once their beginning is chosen, because they read more rows than the rest of the page. */
const load: Drawing<Paths>['load'] = async (one, signal) => {
  const { from } = one.own
  const [pages, events, answer] = await Promise.all([
    ask(pagesQuestion(one), signal),
    // The panel of events asks the same question.
    ask(breakdownQuestion(EVENT_BREAKDOWN, one), signal),
    from === undefined ? null : ask(pathsQuestion(one, from), signal),
  ])
  return {
    answer,
    period: periodOf(pages),
    pages: groupsIn(pages, 'page').filter(isPage),
    events: groupsIn(events, 'event'),
  }
}

const valueIn = (answer: Answer | null): MetricValue | undefined => answer?.rows[0]?.metrics[METRIC]

const stepsIn = (value: MetricValue | undefined): readonly PathStep[] => (value?.steps ?? []) as readonly PathStep[]

/** A name with its bar; a click continues from there. */
const label = (name: string, share: number, from: string | null): HTMLElement =>
  h(
    'span',
    { class: 'barred' },
    from === null
      ? h('span', { class: 'made' }, name)
      : h('a', { href: hrefOf(withOwn({ from })), 'data-view': true }, h('bdi', {}, name)),
    bar(share),
  )

const shareCell = ({ share, interval }: Pick<Top, 'share' | 'interval'>): HTMLElement =>
  h(
    'span',
    { class: 'in-table', 'data-value': share },
    percent(share),
    h('span', { class: 'range' }, intervalText({ unit: 'ratio' }, { value: share, interval })),
  )

const rowsOf = ({ top, reached }: PathStep, sessions: number, one: View): Child[][] => {
  const dimension = shownOf(one).value === 'pages' ? 'page' : 'event'
  const shown = top.slice(0, FEW)
  const others = reached - shown.reduce((sum, each) => sum + each.sessions, 0)
  const missing = `No ${directionOf(one).value === 'after' ? 'further' : 'earlier'} ${dimension}`
  const rest = [
    { name: 'Other', sessions: others },
    { name: missing, sessions: sessions - reached },
  ].filter(each => each.sessions > 0)
  return [
    ...shown.map(each => {
      const from = dimension === 'page' && !isPage(each.name) ? null : each.name
      return [label(groupText(dimension, each.name), each.share, from), number(each.sessions), shareCell(each)]
    }),
    ...rest.map(each => {
      const share = each.sessions / sessions
      return [label(each.name, share, null), number(each.sessions), percent(share)]
    }),
  ]
}

const ordinal = (step: number): string => ['1st', '2nd', '3rd'][step - 1] ?? `${step}th`

const stepTable = (step: PathStep, sessions: number, one: View): HTMLElement => {
  const what = shownOf(one).value === 'pages' ? 'page' : 'event'
  const title = `${ordinal(step.step)} ${what} ${directionOf(one).value}`
  const heads = [{ text: title }, { text: 'Sessions', number: true }, { text: '%', number: true }]
  return table(title, heads, rowsOf(step, sessions, one))
}

/** Beginnings to choose from. */
const suggestions = ({ pages, events }: Paths): HTMLElement => {
  const links = [...pages.slice(0, 4), ...events.slice(0, 2)].map(from =>
    h('li', {}, h('a', { href: hrefOf(withOwn({ from })), 'data-view': true }, h('bdi', {}, groupText('page', from)))),
  )
  return links.length === 0
    ? emptyState('No data for this period. Try a longer range or remove filters.')
    : h(
        'div',
        { class: 'state' },
        'Choose a page or event to see where visitors went next.',
        h('ul', { class: 'beginnings', 'aria-label': 'Suggestions' }, ...links),
      )
}

const content = (paths: Paths, one: View): Child[] => {
  const { from } = one.own
  const value = valueIn(paths.answer)
  if (from === undefined || !paths.answer) return [suggestions(paths)]
  if (!value?.value)
    return [emptyState(`No sessions with ${from} in this period. Try a longer range or remove filters.`)]
  const { value: sessions } = value
  return [
    h(
      'p',
      { class: 'made' },
      `${number(sessions)} ${sessions === 1 ? 'session' : 'sessions'} ${isPage(from) ? 'viewed' : 'triggered'} `,
      h('bdi', {}, from),
    ),
    h('div', { class: 'paths' }, ...stepsIn(value).map(step => stepTable(step, sessions, one))),
  ]
}

/** The field for the beginning. It stays in place while the answer below it changes, so that it keeps the focus. */
const beginningForm = (): HTMLElement => {
  const list = h('datalist', { id: 'paths-offered' })
  const field = h('input', { list: list.id, autocomplete: 'off', spellcheck: 'false', autocapitalize: 'none' })
  const choose = (event: Event): void => {
    event.preventDefault()
    const from = field.value.trim()
    if (from !== view().own.from) go(withOwn({ from: from === '' ? null : from }))
  }
  return h(
    'form',
    { class: 'beginning', onsubmit: choose, onchange: choose },
    h('label', {}, h('span', {}, 'Page or event'), field),
    list,
  )
}

const fillForm = (form: HTMLElement, { pages, events }: Paths, { own }: View): void => {
  find('datalist', form).replaceChildren(...[...pages, ...events].map(value => h('option', { value })))
  find<HTMLInputElement>('input', form).value = own.from ?? ''
}

const draw: Drawing<Paths>['draw'] = (body, paths, one) => {
  const form = body.querySelector<HTMLElement>('form') ?? beginningForm()
  if (!body.contains(form)) body.replaceChildren(form, h('div'))
  fillForm(form, paths, one)
  refill(
    find('form + div', body),
    paths.answer &&
      h(
        'div',
        { class: 'choices' },
        optionLinks('Direction', 'direction', DIRECTIONS, directionOf(one)),
        optionLinks('Show', 'show', SHOWN, shownOf(one)),
      ),
    ...content(paths, one),
    ...(paths.answer ? warnings(paths.answer) : []),
  )
}

interface Line extends Top {
  readonly step: number
}

const COLUMNS: readonly CsvColumn<Line>[] = [
  { name: 'step', of: ({ step }) => step },
  { name: 'name', of: ({ name }) => name },
  { name: 'sessions', of: ({ sessions }) => sessions },
  { name: 'share', of: ({ share }) => share },
  { name: 'low', of: ({ interval }) => interval?.[0] },
  { name: 'high', of: ({ interval }) => interval?.[1] },
]

/** The pages or events that came after a page or event, or before it. */
export const paths = panel<Paths>({
  key: one => JSON.stringify([pathsQuestion(one, one.own.from ?? ''), one.own.from === undefined]),
  load,
  draw,
  csv: ({ answer, period }) => ({
    period,
    text: csvOf(
      COLUMNS,
      stepsIn(valueIn(answer)).flatMap(({ step, top }) => top.slice(0, FEW).map(each => ({ ...each, step }))),
    ),
  }),
})
