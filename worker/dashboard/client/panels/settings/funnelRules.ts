import type { Funnel, FunnelOrder, FunnelScope } from '../../../../../shared/settings'
import { USUAL_WINDOW } from '../../../../../shared/settings'
import { fill } from '../../../texts/fill'
import { settingsTexts } from '../../../texts/settings'
import { h } from '../../components/h'
import { choiceField } from './choiceField'
import { textField } from './textField'

const { form, funnels: texts } = settingsTexts
const { sequential, strict, any, visitor, session } = texts

const ORDERS: Readonly<Record<FunnelOrder, string>> = { sequential, strict, any }

const SCOPES: Readonly<Record<FunnelScope, string>> = { visitor, session }

const labelled = (text: string, which: string, field: (label: string) => Node): HTMLElement =>
  h('label', {}, h('span', {}, text), field(fill(form.field, { field: text, entry: which })))

/**
 * The fields of a funnel's order, unit and window.
 * @param which names the funnel for screen readers
 */
export const funnelRules = (which: string, funnel: Pick<Funnel, 'order' | 'scope' | 'window'> | null): HTMLElement =>
  h(
    'div',
    { class: 'rules' },
    labelled(texts.order, which, label => choiceField('order', label, ORDERS, funnel?.order)),
    labelled(texts.count, which, label => choiceField('scope', label, SCOPES, funnel?.scope)),
    labelled(texts.window, which, label =>
      textField('window', label, String(funnel?.window ?? USUAL_WINDOW), '', { type: 'number', min: 0, step: 'any' }),
    ),
  )
