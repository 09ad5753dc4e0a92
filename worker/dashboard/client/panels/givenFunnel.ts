import { FUNNEL_ORDERS, FUNNEL_SCOPES, type Funnel, type FunnelStep, USUAL_WINDOW } from '../../../../shared/settings'
import type { View } from '../../address'
import { goalsTexts } from '../../texts/goals'

/** The parameters of the address that hold a funnel. */
const PARTS = ['steps', 'order', 'scope', 'window'] as const

const stepsOf = (json: string): readonly FunnelStep[] => {
  try {
    const steps: unknown = JSON.parse(json)
    return Array.isArray(steps) ? steps.map(step => ({ name: '', ...step })) : []
  } catch {
    // The API says what is wrong with the steps.
    return []
  }
}

/** The funnel that the address holds; `null` for none. */
export const givenFunnel = ({ own }: View): Funnel | null => {
  const { steps, order, scope, window } = own
  if (steps === undefined) return null
  return {
    id: '',
    name: goalsTexts.funnels.custom,
    steps: stepsOf(steps),
    order: FUNNEL_ORDERS.find(one => one === order) ?? 'sequential',
    scope: FUNNEL_SCOPES.find(one => one === scope) ?? 'visitor',
    window: Number(window ?? USUAL_WINDOW),
  }
}

/** The same as parameters of the metric. */
export const givenParameters = ({ own }: Pick<View, 'own'>): Readonly<Record<string, string>> =>
  Object.fromEntries(PARTS.flatMap(name => (own[name] === undefined ? [] : [[name, own[name]]])))

/** A change of the address that holds no funnel. */
export const NOT_GIVEN: Readonly<Record<string, null>> = Object.fromEntries(PARTS.map(name => [name, null]))
