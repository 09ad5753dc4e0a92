import { type Database, statement } from './database'
import alarmsSelect from './sql/alarms.select.sql'
import alarmsUpsert from './sql/alarms.upsert.sql'
import viewsCountHours from './sql/views.count_hours.sql'
import { writeBatch } from './writeBatch'

/** How far an alarm of a site has got, in hours since 1970. */
export interface AlarmState {
  readonly alarm: string
  /** The last hour that was looked at. */
  readonly checked: number
  /** The hour in which it went off; `null` while it does not. */
  readonly since: number | null
}

export const listAlarmStates = async (db: Database, site: number): Promise<AlarmState[]> =>
  (await db.all<AlarmState>(alarmsSelect, site)).rows

export const storeAlarmState = async (
  db: Database,
  site: number,
  { alarm, checked, since }: AlarmState,
): Promise<void> => {
  await writeBatch(db, [statement(alarmsUpsert, site, alarm, checked, since)])
}

/** Page views by hour; an hour without any is not there. */
export const viewsOfHours = async (
  db: Database,
  site: number,
  hours: readonly number[],
): Promise<ReadonlyMap<number, number>> => {
  const { rows } = await db.all<{ hour: number; views: number }>(viewsCountHours, site, JSON.stringify(hours))
  return new Map(rows.map(({ hour, views }) => [hour, views]))
}
