import type { Answer } from '../../../../shared/question'
import { DEFAULT_VIEW, searchOf } from '../../address'
import { announce } from '../components/announce'
import { h } from '../components/h'
import { queryPanel } from '../components/queryPanel'
import { number } from '../format/number'

const SECONDS_BETWEEN_LOOKS = 3

const pageviews = ([answer]: readonly Answer[]): number => answer?.rows[0]?.metrics.pageviews?.value ?? 0

const waiting = (site: string): Node[] => [
  h('p', { class: 'waiting' }, 'Waiting for the first page view…'),
  h('p', {}, 'Open a page of the site that has the tag; this says so by itself. If it does not:'),
  h(
    'ul',
    { class: 'hints' },
    h('li', {}, 'the page must be on the domain of the site, on a subdomain of it, or on a host of its settings;'),
    h('li', {}, 'a blocker, Global Privacy Control or localStorage.footfall_ignore keep a visit out;'),
    h('li', {}, 'a Content-Security-Policy must allow this address in script-src and connect-src;'),
    h('li', {}, 'with data-debug on the tag, every refusal prints its reason in the console;'),
    h(
      'li',
      {},
      h('a', { href: `/excluded${searchOf({ ...DEFAULT_VIEW, site })}` }, 'Excluded traffic'),
      ' counts what was rejected, with the reason.',
    ),
  ),
]

const works = (count: number, site: string): Node[] => [
  h('p', { class: 'better' }, `It works: ${number(count)} page ${count === 1 ? 'view' : 'views'} so far.`),
  h('a', { href: `/${searchOf({ ...DEFAULT_VIEW, site, period: 'today' })}` }, 'See the overview'),
]

let said = ''
const sayOnce = (text: string): void => {
  if (said !== text) announce(text)
  said = text
}

export const firstView = queryPanel({
  questions: ({ site }) => [{ site, metrics: ['pageviews'], period: 'all' }],
  draw: (body, answers, { site }) => {
    const count = pageviews(answers)
    body.replaceChildren(...(count > 0 ? works(count, site) : waiting(site)))
    sayOnce(count > 0 ? 'It works.' : 'Waiting for the first page view.')
  },
  again: answers => (pageviews(answers) > 0 ? null : SECONDS_BETWEEN_LOOKS),
})
