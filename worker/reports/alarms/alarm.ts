import type { AlarmKind } from '../../../shared/settings'
import type { Site } from '../../site'
import type { AlarmWords } from './alarmMessage'

/** What a look at a site found. */
export interface Sighting {
  /** Whether the alarm goes off; `null` if that cannot be told, and an incident goes on. */
  readonly isOn: boolean | null
  /** What is said once about an incident, by the hour in which it was noticed. */
  readonly begun: (since: number) => AlarmWords
  /** What is said once when it is over; `null` for nothing. */
  readonly over: ((since: number) => AlarmWords) | null
}

/** Something that is looked at every hour or more rarely. */
export interface Alarm {
  /** Its name in the database. */
  readonly id: string
  /** The setting that turns it on. */
  readonly setting: AlarmKind
  /** Statements that a look takes at most. */
  readonly statements: number
  /** The last hour that can be looked at, hours since 1970. Nothing is looked at twice. */
  hourAt(zone: string, now: number): number
  /**
   * Looks at a site; `null` if it is too early for that.
   * @param now epoch milliseconds
   * @param since the hour in which the present incident was noticed
   */
  look(site: Site, hour: number, now: number, since: number | null): Promise<Sighting | null>
}
