import type { Funnel, FunnelOrder, FunnelScope } from '../../../../../shared/settings'
import { USUAL_WINDOW } from '../../../../../shared/settings'
import { h } from '../../components/h'
import { choiceField } from './choiceField'
import { textField } from './textField'

const ORDERS: Readonly<Record<FunnelOrder, string>> = {
  sequential: 'In this order',
  strict: 'In this order, nothing in between',
  any: 'In any order',
}

const SCOPES: Readonly<Record<FunnelScope, string>> = { visitor: 'Visitors', session: 'Sessions' }

const labelled = (text: string, field: Node): HTMLElement => h('label', {}, h('span', {}, text), field)

/**
 * The fields of a funnel's order, unit and window.
 * @param which names the funnel for screen readers
 */
export const funnelRules = (which: string, funnel: Pick<Funnel, 'order' | 'scope' | 'window'> | null): HTMLElement =>
  h(
    'div',
    { class: 'rules' },
    labelled('Order', choiceField('order', `Order, ${which}`, ORDERS, funnel?.order)),
    labelled('Count', choiceField('scope', `Count, ${which}`, SCOPES, funnel?.scope)),
    labelled(
      'Window (days)',
      textField('window', `Window (days), ${which}`, String(funnel?.window ?? USUAL_WINDOW), '', {
        type: 'number',
        min: 0,
        step: 'any',
      }),
    ),
  )
