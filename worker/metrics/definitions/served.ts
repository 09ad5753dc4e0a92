import { Z } from '../../../shared/normal'
import { AI_FETCHES, SERVED_PAGES } from '../../relations/imports'
import { formula } from '../kinds/formula'
import { get } from '../kinds/get'
import { lacking } from '../kinds/noData'
import type { Reading, Sums } from '../metric'

const SEND_FETCHES = 'fetches to /api/v1/imports/ai_fetches'
const SEND_PAGES = 'served pages to /api/v1/imports/served_pages'

const fetched = (sums: Sums): Reading => {
  if (get(sums, 'rows') === 0) return lacking('AI fetches', SEND_FETCHES)
  const value = get(sums, 'fetches')
  return { value, numerator: value, denominator: null, interval: null, status: 'ok', pending: 0 }
}

/** Where each request was counted with a probability p, a number of pages has the variance pages × (1 − p) / p. */
const served = (sums: Sums): Reading => {
  if (get(sums, 'rows') === 0) return lacking('served pages', SEND_PAGES)
  const value = get(sums, 'pages')
  const half = Z * Math.sqrt(get(sums, 'variance'))
  return {
    value,
    numerator: value,
    denominator: null,
    interval: [Math.max(0, value - half), value + half],
    status: 'ok',
    pending: 0,
  }
}

/** What servers delivered, whether or not the script ran. */
export const SERVED = [
  formula({
    id: 'ai_fetches',
    name: 'AI fetches',
    help: 'Times that crawlers and agents of AI services fetched a page. They run no script, so these come from your server.',
    formula: 'the number of fetches',
    numerator: 'fetches by crawlers and agents of AI services',
    denominator: null,
    events: [],
    imports: ['ai_fetches'],
    unit: 'count',
    better: 'up',
    needs: ['imports'],
    send: SEND_FETCHES,
    daily: true,
    breakdown: 'ai_fetches',
    intervalBy: 'none',
    change: 'fraction',
    of: () => [{ form: 'sums', relation: AI_FETCHES, sums: { fetches: 'sum(fetches)', rows: 'count(*)' } }],
    compute: fetched,
  }),
  formula({
    id: 'served_pages',
    name: 'Pages served',
    help: 'Pages that your server or CDN served to browsers, whether or not the script ran.',
    formula: 'the number of pages served',
    numerator: 'pages served to browsers',
    denominator: null,
    events: [],
    imports: ['served_pages'],
    unit: 'count',
    better: 'up',
    needs: ['imports'],
    send: SEND_PAGES,
    daily: true,
    breakdown: 'served_pages',
    intervalBy: 'normal',
    change: 'fraction',
    of: () => [
      {
        form: 'sums',
        relation: SERVED_PAGES,
        sums: {
          pages: 'sum(pages)',
          variance: 'sum(case when sampled > 0 then 1.0 * pages * (pages - sampled) / sampled else 0 end)',
          rows: 'count(*)',
        },
      },
    ],
    compute: served,
  }),
] as const
