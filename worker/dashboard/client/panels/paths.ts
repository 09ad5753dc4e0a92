import { type CsvColumn, csvOf } from '../../../../shared/csv'
import type { Answer, DateRange, MetricValue, PathStep } from '../../../../shared/question'
import type { View } from '../../address'
import { breakdownQuestion } from '../../breakdown'
import { about, type MetricQuestion } from '../../questions'
import { clientFrameTexts } from '../../texts/clientFrame'
import { fill, partsOf } from '../../texts/fill'
import { goalsTexts } from '../../texts/goals'
import { LOCALE } from '../../texts/locale'
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

const { paths: texts } = goalsTexts
const { empty, tables } = clientFrameTexts

const METRIC = 'paths'

const DIRECTIONS = [
  { value: 'after', text: texts.after },
  { value: 'before', text: texts.before },
] as const
const SHOWN = [
  { value: 'pages', text: texts.pages },
  { value: 'events', text: texts.events },
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

const MISSING = {
  page: { after: texts.noPageAfter, before: texts.noPageBefore },
  event: { after: texts.noEventAfter, before: texts.noEventBefore },
} as const

const rowsOf = ({ top, reached }: PathStep, sessions: number, one: View): Child[][] => {
  const dimension = shownOf(one).value === 'pages' ? 'page' : 'event'
  const shown = top.slice(0, FEW)
  const others = reached - shown.reduce((sum, each) => sum + each.sessions, 0)
  const missing = MISSING[dimension][directionOf(one).value]
  const rest = [
    { name: texts.rest, sessions: others },
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

const TITLES = {
  page: { after: texts.pageAfter, before: texts.pageBefore },
  event: { after: texts.eventAfter, before: texts.eventBefore },
} as const

const ordinals = new Intl.PluralRules(LOCALE, { type: 'ordinal' })

const ORDINALS: Readonly<Partial<Record<Intl.LDMLPluralRule, typeof texts.later>>> = {
  one: texts.first,
  two: texts.second,
  few: texts.third,
}

const ordinal = (step: number): string => fill(ORDINALS[ordinals.select(step)] ?? texts.later, { step })

const stepTable = (step: PathStep, sessions: number, one: View): HTMLElement => {
  const what = shownOf(one).value === 'pages' ? 'page' : 'event'
  const title = fill(TITLES[what][directionOf(one).value], { step: ordinal(step.step) })
  const heads = [{ text: title }, { text: tables.sessions, number: true }, { text: '%', number: true }]
  return table(title, heads, rowsOf(step, sessions, one))
}

/** Beginnings to choose from. */
const suggestions = ({ pages, events }: Paths): HTMLElement => {
  const links = [...pages.slice(0, 4), ...events.slice(0, 2)].map(from =>
    h('li', {}, h('a', { href: hrefOf(withOwn({ from })), 'data-view': true }, h('bdi', {}, groupText('page', from)))),
  )
  return links.length === 0
    ? emptyState(empty.period)
    : h(
        'div',
        { class: 'state' },
        texts.choose,
        h('ul', { class: 'beginnings', 'aria-label': texts.suggestions }, ...links),
      )
}

const content = (paths: Paths, one: View): Child[] => {
  const { from } = one.own
  const value = valueIn(paths.answer)
  if (from === undefined || !paths.answer) return [suggestions(paths)]
  if (!value?.value) return [emptyState(fill(texts.none, { from }))]
  const { value: sessions } = value
  return [
    h(
      'p',
      { class: 'made' },
      ...partsOf<'count' | 'from', HTMLElement>(isPage(from) ? texts.viewed : texts.triggered, {
        count: sessions,
        from: h('bdi', {}, from),
      }),
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
    h('label', {}, h('span', {}, texts.field), field),
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
        optionLinks(texts.direction, 'direction', DIRECTIONS, directionOf(one)),
        optionLinks(texts.show, 'show', SHOWN, shownOf(one)),
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
