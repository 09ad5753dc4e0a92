import type { Answer } from '../../../../shared/question'
import { DEFAULT_VIEW, searchOf } from '../../address'
import { fill, partsOf } from '../../texts/fill'
import { tagTexts } from '../../texts/tag'
import { announce } from '../components/announce'
import { h } from '../components/h'
import { queryPanel } from '../components/queryPanel'

const { check } = tagTexts

const RELOAD_SECONDS = 3

const pageviews = ([answer]: readonly Answer[]): number => answer?.rows[0]?.metrics.pageviews?.value ?? 0

const waiting = (site: string): Node[] => [
  h('p', { class: 'waiting' }, check.waiting),
  h('p', {}, check.open),
  h(
    'ul',
    { class: 'hints' },
    h('li', {}, check.domain),
    h('li', {}, check.blockers),
    h('li', {}, check.policy),
    h('li', {}, check.debug),
    h(
      'li',
      {},
      ...partsOf(check.excluded, {
        excluded: h('a', { href: `/excluded${searchOf({ ...DEFAULT_VIEW, site })}` }, check.excludedLink),
      }),
    ),
  ),
]

const installed = (count: number, site: string): Node[] => [
  h('p', { class: 'better' }, fill(check.works, { count })),
  h('a', { href: `/${searchOf({ ...DEFAULT_VIEW, site, period: 'today' })}` }, check.overview),
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
    announceOnce(count > 0 ? check.worksAnnouncement : check.waitingAnnouncement)
  },
  again: answers => (pageviews(answers) > 0 ? null : RELOAD_SECONDS),
})
