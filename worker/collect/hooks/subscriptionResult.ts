import type { SUBSCRIPTION_STATUSES } from '../../../shared/subscription'
import type { WebhookProvider } from '../../../shared/webhookProviders'
import { counted, type HookEvent, type HookResult, ignored } from './hookResult'
import { personOfHook } from './personOfHook'

/** Footfall's words for the states of a subscription that has begun, by the provider's. */
export type SubscriptionStatuses = ReadonlyMap<string, (typeof SUBSCRIPTION_STATUSES)[number]>

/** What a webhook says about a subscription. */
interface HookSubscription {
  readonly provider: WebhookProvider
  /** The ids of the webhook and of the subscription. */
  readonly webhook: string
  readonly id: string
  /** Epoch milliseconds. */
  readonly time: number
  readonly customer: string | null
  readonly user: string | null
  /** As the provider names it. */
  readonly status: string
  readonly statuses: SubscriptionStatuses
  /** The whole price: no event depends on those before. */
  readonly price: { readonly currency: string; readonly value: number; readonly interval: string }
  /** Whether the step was due on a schedule, so that it is not visitor activity. */
  readonly isScheduled: boolean
}

type SubscriptionStep = 'trial' | 'start' | 'change' | 'cancel'

const NAMES: Readonly<Record<SubscriptionStep, HookEvent['name']>> = {
  trial: 'trial_start',
  start: 'subscription_start',
  change: 'subscription_change',
  cancel: 'subscription_cancel',
}

/** The event of a step in the life of a subscription. It changes with each webhook, and all else happens once. */
export const subscriptionResult = (subscription: HookSubscription, step: SubscriptionStep): HookResult => {
  const { provider, webhook, id, time, customer, user, price, isScheduled } = subscription
  const status = subscription.statuses.get(subscription.status)
  if (step !== 'cancel' && !status) {
    return ignored(`A subscription with the status "${subscription.status.slice(0, 60)}" has not begun.`)
  }
  const hasState = step === 'start' || step === 'change'
  return counted({
    id: `${provider}:${id}:${step === 'change' ? webhook : step}`,
    name: NAMES[step],
    time,
    ...personOfHook(customer ?? id, user),
    subscription_id: id,
    ...(hasState && { ...price, status }),
    ...(isScheduled && { interactive: false }),
  })
}
