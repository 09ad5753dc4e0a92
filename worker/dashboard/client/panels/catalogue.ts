import type { CsvColumn } from '../../../../shared/csv'
import type { Answer, Question } from '../../../../shared/question'
import { granularityOf, type View } from '../../address'
import { about } from '../../questions'
import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'
import { metricName } from '../../texts/metricNames'
import { metricsTexts } from '../../texts/metrics'
import { find } from '../components/find'
import { h } from '../components/h'
import { type CatalogueMetric, metricEntry } from '../components/metricEntry'
import { panel } from '../components/panel'
import { periodOf } from '../components/queryPanel'
import { sparkline } from '../components/sparkline'
import { warnings } from '../components/warnings'
import { type Figure, figuresCsv } from '../format/figuresCsv'
import { synonymsOf } from '../format/synonyms'
import { valueText } from '../format/valueText'
import { ask } from '../state/ask'
import { call } from '../state/call'
import { filteredDimensions } from '../state/filteredDimensions'

const { families, search } = metricsTexts
const { charts } = clientFrameTexts

interface Catalogue {
  readonly entries: readonly CatalogueMetric[]
  readonly answer: Answer
}

const requests = new Map<string, Promise<readonly CatalogueMetric[]>>()

/** Loads the catalogue and what the site has data for, once. */
const entriesOf = (site: string): Promise<readonly CatalogueMetric[]> => {
  const request =
    requests.get(site) ??
    call(`/api/v1/metrics?${new URLSearchParams({ site })}`)
      .then(response => response.json() as Promise<{ metrics: readonly CatalogueMetric[] }>)
      .then(({ metrics }) => metrics.map(metric => ({ ...metric, name: metricName(metric.id, metric.name) })))
  requests.set(site, request)
  request.catch(() => requests.delete(site))
  return request
}

const takesFilter = ({ filters }: CatalogueMetric, dimension: string): boolean =>
  filters.includes(dimension.startsWith('property:') ? 'property:<name>' : dimension)

const questionOf = (entries: readonly CatalogueMetric[], view: View): Question => ({
  ...about(view),
  metrics: entries
    .filter(entry => filteredDimensions(view).every(dimension => takesFilter(entry, dimension)))
    .map(({ id }) => id),
})

const valueIn = ({ rows }: Answer, id: string) => rows[0]?.metrics[id]

const familiesOf = (
  entries: readonly CatalogueMetric[],
): readonly (readonly [string, readonly CatalogueMetric[]])[] => [...Map.groupBy(entries, ({ family }) => family)]

const nameOf = (family: string): string => (families as Readonly<Record<string, string>>)[family] ?? family

const openIn = (body: HTMLElement): ReadonlySet<string> =>
  new Set([...body.querySelectorAll<HTMLElement>('.entry:has(details[open])')].map(item => item.dataset.metric ?? ''))

/** Hides metrics that do not match the search. */
const applySearch = (): void => {
  const words = find<HTMLInputElement>('#find-metric').value.toLowerCase().split(/\s+/)
  const items = [...document.querySelectorAll<HTMLElement>('.entry')]
  for (const item of items) {
    const text = `${item.dataset.metric} ${item.textContent} ${synonymsOf(item.dataset.metric ?? '')}`.toLowerCase()
    item.hidden = !words.every(word => text.includes(word))
  }
  for (const family of document.querySelectorAll<HTMLElement>('.family'))
    family.hidden = !family.querySelector('.entry:not([hidden])')
  find('#found').textContent = fill(search.found, {
    found: items.filter(({ hidden }) => !hidden).length,
    count: items.length,
  })
}

const drawSparklines = (answer: Answer, entries: readonly CatalogueMetric[], body: HTMLElement): void => {
  for (const entry of entries) {
    const values = answer.rows.map(({ metrics }) => metrics[entry.id]?.value ?? null)
    const there = values.filter(value => value !== null)
    if (there.length < 2) continue
    const [low = '', high = ''] = [Math.min(...there), Math.max(...there)].map(value =>
      valueText(entry, value, currencyIn(answer, entry.id)),
    )
    body
      .querySelector(`[data-metric="${entry.id}"] .spark`)
      ?.replaceChildren(sparkline(fill(charts.range, { metric: entry.name, low, high }), values))
  }
}

const currencyIn = ({ rows }: Answer, id: string): string | undefined =>
  rows.map(({ metrics }) => metrics[id]?.currency).find(currency => currency !== undefined)

let sparklineRequests = new AbortController()

/** Loads sparklines one family at a time and after the values, because they read many more rows. */
const loadSparklines = async ({ entries }: Catalogue, view: View, body: HTMLElement): Promise<void> => {
  sparklineRequests.abort()
  sparklineRequests = new AbortController()
  const { signal } = sparklineRequests
  const granularity = granularityOf(view) === 'hour' ? 'day' : granularityOf(view)
  for (const [, family] of familiesOf(entries)) {
    const { compare: _, ...question } = questionOf(family, view)
    if (question.metrics.length === 0) continue
    const answer = await ask({ ...question, granularity }, signal).catch(() => null)
    if (signal.aborted) return
    if (answer) drawSparklines(answer, family, body)
  }
}

const MORE: readonly CsvColumn<Figure & { readonly entry: CatalogueMetric }>[] = [
  { name: 'family', of: ({ entry }) => entry.family },
  { name: 'formula', of: ({ entry }) => entry.formula },
]

const load = async (view: View, signal?: AbortSignal): Promise<Catalogue> => {
  const entries = await entriesOf(view.site)
  return { entries, answer: await ask(questionOf(entries, view), signal) }
}

export const catalogue = panel<Catalogue>({
  key: view => JSON.stringify(about(view)),
  load,
  draw: (body, shown, view) => {
    const open = openIn(body)
    const sections = familiesOf(shown.entries).map(([name, entries]) =>
      h(
        'section',
        { class: 'family' },
        h('h3', {}, nameOf(name)),
        h('ul', {}, ...entries.map(one => metricEntry(one, valueIn(shown.answer, one.id), view, open.has(one.id)))),
      ),
    )
    body.replaceChildren(...sections, ...warnings(shown.answer))
    applySearch()
    void loadSparklines(shown, view, body)
  },
  csv: ({ entries, answer }) => ({
    period: periodOf(answer),
    text: figuresCsv(
      entries.map(entry => ({ entry, definition: entry, value: valueIn(answer, entry.id) })),
      MORE,
    ),
  }),
})

find('#find-metric').addEventListener('input', applySearch)
