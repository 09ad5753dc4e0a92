import { HOUR, MINUTE } from '../../../shared/time'

/** After an hour, until its last beacons have arrived. */
const ARRIVED_AFTER = 10 * MINUTE

/** The last hour whose beacons have arrived, hours since 1970. */
export const lastHour = (_: string, now: number): number => Math.floor((now - ARRIVED_AFTER) / HOUR) - 1
