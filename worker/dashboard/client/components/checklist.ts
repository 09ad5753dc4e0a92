import { PLATFORMS } from '../../../../shared/platforms'
import { DEFAULT_VIEW, searchOf, type View } from '../../address'
import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'
import { copyLine } from './copyLine'
import { h } from './h'

const { checklists } = clientFrameTexts

/** A step of a setup. */
export interface Step {
  readonly text: string
  readonly isDone: boolean
  /** Code that completes the step. */
  readonly code?: string
  /** The page on which to complete the step, instead of code. */
  readonly link?: { readonly href: string; readonly text: string }
}

const stepItem = ({ text, isDone, code, link }: Step): HTMLElement =>
  h(
    'li',
    { class: isDone ? 'done' : 'missing' },
    h('span', { class: 'mark', 'aria-hidden': 'true' }, isDone ? '✓' : '✗'),
    h('span', {}, text, h('span', { class: 'unseen' }, `: ${isDone ? checklists.received : checklists.missing}`)),
    !isDone && code !== undefined && copyLine(code, fill(checklists.code, { step: text })),
    !isDone && link !== undefined && h('a', { href: link.href }, link.text),
  )

const PLATFORM_IDS = ['woocommerce', 'shopify', 'gtm', 'html']

const platformLinks = ({ site }: View): HTMLElement =>
  h(
    'ul',
    { class: 'platforms', 'aria-label': checklists.guides },
    ...PLATFORMS.filter(({ id }) => PLATFORM_IDS.includes(id)).map(({ id, name }) => {
      const search = searchOf({ ...DEFAULT_VIEW, site, own: { platform: id } })
      return h('li', {}, h('a', { href: `/tag${search}` }, name))
    }),
  )

/** The events that a page's panels need, which of them have arrived, and how to send the rest. */
export const checklist = (intro: string, steps: readonly Step[], view: View): HTMLElement[] => [
  h('p', {}, intro),
  h('ol', { class: 'checklist' }, ...steps.map(stepItem)),
  platformLinks(view),
]
