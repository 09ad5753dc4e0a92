import type { Answer, MetricValue } from '../../../../shared/question'
import { DEFAULT_VIEW, searchOf, type View } from '../../address'
import { Refusal } from '../state/ask'
import { h } from './dom'

/** An error, in the API's own words, with a button that tries again. */
export const failed = (error: unknown, again: () => void): HTMLElement => {
  if (!(error instanceof Refusal)) console.error(error)
  const message = error instanceof Refusal ? error.message : 'This could not be shown; reload the page.'
  return h(
    'div',
    { class: 'state wrong', role: 'alert' },
    h('p', {}, message),
    h('button', { type: 'button', onclick: again }, 'Try again'),
  )
}

/** Nothing to show, and what to do about it. */
export const empty = (text: string): HTMLElement => h('p', { class: 'state' }, text)

const WORDS: Readonly<Record<MetricValue['status'], string>> = {
  ok: '',
  low_sample: 'Not enough data yet for a precise figure; a longer period says more.',
  no_data: 'Nothing to count in this period; choose a longer one or fewer filters.',
  pending: 'Too early to say.',
  needs_input: 'Needs data that was not sent.',
  needs_identity: 'Needs visitors with an id that lasts.',
  unavailable: 'Could not be computed now.',
}

/** What a value's status means, in words; empty for a plain value. */
export const statusText = ({ status, reason }: MetricValue): string => reason ?? WORDS[status]

/** Nothing was recorded in a period: what may be the reason. */
export const nothingYet = ({ site, filters }: View): HTMLElement =>
  h(
    'p',
    { class: 'state' },
    filters.length > 0
      ? 'Nothing fits these filters in this period; take one away or choose a longer period. '
      : 'Nothing was recorded in this period; choose a longer one, or ',
    filters.length === 0 &&
      h('a', { href: `/tag${searchOf({ ...DEFAULT_VIEW, site })}` }, 'see whether the tag is in place'),
    filters.length === 0 && '.',
  )

/** What an answer warns of. */
export const notes = (answer: Answer | undefined): HTMLElement[] =>
  (answer?.meta.warnings ?? []).map(warning => h('p', { class: 'note' }, warning))
