import { DAY, MINUTE } from '../../shared/time'
import { type Database, statement } from './database'
import deliveriesClaim from './sql/deliveries.claim.sql'
import deliveriesDeleteBefore from './sql/deliveries.delete_before.sql'
import deliveriesFinish from './sql/deliveries.finish.sql'
import deliveriesSelect from './sql/deliveries.select.sql'
import deliveriesSelectSubject from './sql/deliveries.select_subject.sql'
import { writeBatch } from './writeBatch'

const MOST_TRIES = 5
/** How long a claim lasts, and how much later each further try comes. */
const PATIENCE = 20 * MINUTE
/** How long deliveries are remembered. */
const MEMORY = 400 * DAY
const MOST_LISTED = 500

/** Names a delivery. */
export interface DeliveryKey {
  /** What is sent, such as `report/week/2026-11-23`. */
  readonly subject: string
  /** A digest of the kind and the address. */
  readonly recipient: string
}

/** A delivery and what became of it. */
export interface Delivery extends DeliveryKey {
  readonly state: 'claimed' | 'sent' | 'failed'
  readonly tries: number
  /** The last try, epoch milliseconds. */
  readonly at: number
  /** Why it failed. */
  readonly problem: string | null
}

/** Whether a delivery that began before may be made now: one that failed, some time later and not too often. */
export const isRepeated = ({ state, tries, at }: Delivery, isRepeatable: boolean, now: number): boolean =>
  tries < MOST_TRIES && at <= now - tries * PATIENCE && (state === 'failed' || (state === 'claimed' && isRepeatable))

/** Whether a delivery is made no more: it was sent, or nobody will try it again. */
export const isDone = ({ state, tries, at }: Delivery, isRepeatable: boolean, now: number): boolean =>
  state === 'sent' || tries >= MOST_TRIES || (state === 'claimed' && !isRepeatable && at <= now - tries * PATIENCE)

/**
 * Claims a delivery, so that no other run makes it.
 * @param isRepeatable whether it may be made again after a run that ended before it knew the outcome
 * @returns whether it is this run's
 */
export const claimDelivery = async (
  db: Database,
  site: number,
  { subject, recipient }: DeliveryKey,
  isRepeatable: boolean,
  now: number,
): Promise<boolean> => {
  // Never repeated after a lost connection: it may have been written.
  const { rows } = await db.all(deliveriesClaim, site, subject, recipient, now, MOST_TRIES, isRepeatable, PATIENCE)
  return rows.length > 0
}

/** @param problem why it failed, `null` when it was sent */
export const finishDelivery = async (
  db: Database,
  site: number,
  { subject, recipient }: DeliveryKey,
  problem: string | null,
  now: number,
): Promise<void> => {
  const state = problem === null ? 'sent' : 'failed'
  await writeBatch(db, [
    statement(deliveriesFinish, site, subject, recipient, state, now, problem),
    statement(deliveriesDeleteBefore, site, now - MEMORY),
  ])
}

/** The last deliveries of a site, newest first. */
export const listDeliveries = async (db: Database, site: number): Promise<Delivery[]> =>
  (await db.all<Delivery>(deliveriesSelect, site, MOST_LISTED)).rows

/** The deliveries of one subject, one for each recipient. */
export const deliveriesOf = async (db: Database, site: number, subject: string): Promise<Delivery[]> =>
  (await db.all<Delivery>(deliveriesSelectSubject, site, subject)).rows
