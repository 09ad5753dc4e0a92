import type { Answer } from '../../../../shared/question'
import { DEFAULT_VIEW, searchOf } from '../../address'
import { announce } from '../components/announce'
import { h } from '../components/h'
import { queryPanel } from '../components/queryPanel'
import { number } from '../format/number'

const RELOAD_SECONDS = 3

const pageviews = ([answer]: readonly Answer[]): number => answer?.rows[0]?.metrics.pageviews?.value ?? 0

const waiting = (site: string): Node[] => [
  h('p', { class: 'waiting' }, 'Waiting for the first page view…'),
  h('p', {}, 'Open a page that has the script, and we’ll detect it automatically. If nothing shows up:'),
  h(
    'ul',
    { class: 'hints' },
    h('li', {}, 'The page must be on the site’s domain, a subdomain of it, or an additional domain from Settings.'),
    h('li', {}, 'Visits with an ad blocker or localStorage.footfall_ignore aren’t counted.'),
    h('li', {}, 'A Content-Security-Policy must allow this address in script-src and connect-src.'),
    h('li', {}, 'With data-debug on the script tag, the console shows why something was not recorded.'),
    h(
      'li',
      {},
      h('a', { href: `/excluded${searchOf({ ...DEFAULT_VIEW, site })}` }, 'Excluded traffic'),
      ' shows what was rejected, and why.',
    ),
  ),
]

const installed = (count: number, site: string): Node[] => [
  h('p', { class: 'better' }, `It works: ${number(count)} page ${count === 1 ? 'view' : 'views'} so far.`),
  h('a', { href: `/${searchOf({ ...DEFAULT_VIEW, site, period: 'today' })}` }, 'Go to overview'),
]

let announced = ''
const announceOnce = (text: string): void => {
  if (announced !== text) announce(text)
  announced = text
}

export const firstView = queryPanel({
  questions: ({ site }) => [{ site, metrics: ['pageviews'], period: 'all' }],
  draw: (body, answers, { site }) => {
    const count = pageviews(answers)
    body.replaceChildren(...(count > 0 ? installed(count, site) : waiting(site)))
    announceOnce(count > 0 ? 'It works.' : 'Waiting for the first page view.')
  },
  again: answers => (pageviews(answers) > 0 ? null : RELOAD_SECONDS),
})
