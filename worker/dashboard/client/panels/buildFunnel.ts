import { about } from '../../questions'
import { goalsTexts } from '../../texts/goals'
import { formDialog } from '../components/formDialog'
import { h } from '../components/h'
import { ask } from '../state/ask'
import { go, view, withOwn } from '../state/view'
import { givenFunnel, givenParameters } from './givenFunnel'
import { funnelRules } from './settings/funnelRules'
import { StepRows } from './settings/stepRows'
import { textIn } from './settings/textIn'

const { funnels: texts } = goalsTexts

/** Asks for the steps of a funnel, which the address then holds. */
export const buildFunnel = (): void => {
  const before = givenFunnel(view())
  const steps = new StepRows(texts.customInLabel, before?.steps ?? [], () => undefined)
  const rules = funnelRules(texts.customInLabel, before)
  formDialog({
    title: texts.build,
    action: texts.show,
    fields: [h('div', { class: 'funnel' }, steps.list, steps.add, rules)],
    save: async () => {
      const [order, scope, window] = [textIn(rules, 'order'), textIn(rules, 'scope'), textIn(rules, 'window')]
      const own = withOwn({ steps: JSON.stringify(steps.value), order, scope, window, funnel: null })
      // The API says what is wrong while the dialog is open.
      await ask({ ...about(view()), metrics: ['funnel'], parameters: { funnel: givenParameters(own) } })
      go(own)
    },
  })
}
