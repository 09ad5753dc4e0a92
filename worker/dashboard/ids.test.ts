import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { MetricId } from '../metrics/metricId'
import type { Breakdown } from './breakdown'
import type { start } from './client/start'
import type { definitionOf } from './client/state/definitionOf'
import { OVERVIEW_CARDS } from './overviewCards'
import type { Page } from './page'
import { PAGES, type PageId, type PanelId } from './pages'
import type { Columns, MetricQuestion } from './questions'

type Panels<Id extends PageId> = Parameters<typeof start<Id>>[0]

const takes = <T>(_: T): void => undefined
const mount = (): void => undefined

// `npx tsc` is what tests here: each @ts-expect-error marks a wrong id, and is itself an error once the id below compiles.

test('a metric that is not in the catalogue does not compile', () => {
  takes<readonly MetricId[]>(OVERVIEW_CARDS)
  // @ts-expect-error: no such id
  takes<MetricId>('bounce_rat')
  // @ts-expect-error: no such id
  takes<Page['metrics']>(['visitors', 'bounce_rat'])
  // @ts-expect-error: no such id
  takes<Columns>(['visitors', 'bounce_rat'])
  // @ts-expect-error: no such id
  takes<Breakdown['metrics']>(['bounce_rat'])
  // @ts-expect-error: no such id
  takes<MetricQuestion>({ site: '', metrics: ['bounce_rat'] })
  // @ts-expect-error: no such id
  takes<MetricQuestion>({ site: '', metrics: ['bounce_rate'], parameters: { bounce_rat: {} } })
  // @ts-expect-error: no such id
  takes<Parameters<typeof definitionOf>[0]>('bounce_rat')
})

test('a page or panel that does not exist, or a panel without its code, does not compile', () => {
  takes<Panels<'speed'>>({ vitals: mount })
  // @ts-expect-error: no such id
  takes<PageId>('overvie')
  // @ts-expect-error: no such id
  takes<PanelId<'overview'>>('funnel')
  // @ts-expect-error: no such id
  takes<Panels<'speed'>>({})
  // @ts-expect-error: no such id
  takes<Panels<'now'>>({ present: mount, funnel: mount })
})

test('every page has its client code, and every client code has a page', async () => {
  const files = await readdir(join(import.meta.dirname, 'client/pages'))
  expect(files.toSorted()).toEqual(PAGES.map(({ id }) => `${id}.ts`).toSorted())
})

test('no two pages, and no two panels of a page, share an id', () => {
  const ids = PAGES.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  for (const { panels } of PAGES) expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
})
