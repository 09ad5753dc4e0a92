import type { Recipient } from '../../../shared/settings'
import { sha256Hex } from '../../lib/hash'
import type { Site } from '../../site'
import { type Delivery, type DeliveryKey, isDone, isRepeated } from '../../storage/deliveries'
import { DeliveryFailed, deliver, isRepeatable } from './deliver'
import type { Message } from './message'
import type { Outlets } from './outlets'

/** Names what goes to whom. */
export const deliveryKey = async (subject: string, { kind, to }: Recipient): Promise<DeliveryKey> => ({
  subject,
  recipient: await sha256Hex(`${kind}\n${to}`),
})

export const isSameDelivery = (one: DeliveryKey, other: DeliveryKey): boolean =>
  one.subject === other.subject && one.recipient === other.recipient

/** Whether a delivery is still to be made, by those that were made. */
export const isOpenDelivery = (
  key: DeliveryKey,
  { kind }: Recipient,
  made: readonly Delivery[],
  now: number,
): boolean => {
  const before = made.find(one => isSameDelivery(one, key))
  return !before || isRepeated(before, isRepeatable(kind), now)
}

const problemOf = async (work: Promise<void>): Promise<string | null> => {
  try {
    await work
    return null
  } catch (error) {
    if (error instanceof DeliveryFailed) return error.message
    throw error
  }
}

const isDelivered = async (site: Site, key: DeliveryKey, { kind }: Recipient, now: number): Promise<boolean> => {
  const made = await site.deliveriesOf(key.subject)
  return made.some(one => isSameDelivery(one, key) && isDone(one, isRepeatable(kind), now))
}

/**
 * Sends a message unless another run has it, and records what became of it.
 * @returns whether no further try is made
 */
export const deliverOnce = async (
  site: Site,
  recipient: Recipient,
  message: Message,
  outlets: Outlets,
  now: number,
): Promise<boolean> => {
  const key = await deliveryKey(message.id, recipient)
  if (!(await site.claimDelivery(key, isRepeatable(recipient.kind), now))) return isDelivered(site, key, recipient, now)
  const problem = await problemOf(deliver(recipient, message, outlets))
  await site.finishDelivery(key, problem, now)
  return problem === null
}
