import { cartTexts } from '../../texts/cart'
import { setupPanel } from '../components/setupPanel'
import { PAGE } from '../state/page'
import { FUNNEL_STEPS, funnelQuestions } from './funnel'

const { setup: texts } = cartTexts

const ITEM = "items: [{ item_id: 'MUG', item_name: 'Mug', price: 20, quantity: 1 }]"

const codeOf = (event: (typeof FUNNEL_STEPS)[number]['event']): string => {
  const currency = `currency: '${PAGE.site?.currency ?? 'USD'}', value: 20`
  const order = event === 'purchase' ? "transaction_id: '1001', " : ''
  return `footfall('${event}', { ${order}${currency}, ${ITEM} })`
}

/** The events a shop sends, and which of them have arrived. Replaces panels that would be empty. */
export const shopSetup = setupPanel({
  intro: texts.intro,
  questions: funnelQuestions,
  replaces: ['cards', 'chart', 'funnel', 'abandonment', 'breakdown', 'products', 'recoveries'],
  steps: answers => {
    const values = answers.map(({ rows }) => rows[0]?.metrics.conversion_rate)
    const isSent = values.map(value => (value?.numerator ?? 0) > 0)
    // Without sessions, the panels explain why they are empty: the script may be missing, or the period quiet.
    if (!values[0]?.denominator || isSent.includes(true)) return null
    return [
      { text: texts.pageViews, isDone: true },
      ...FUNNEL_STEPS.map(({ event }, at) => ({
        text: texts[event],
        isDone: isSent[at] ?? false,
        code: codeOf(event),
      })),
    ]
  },
})
