import type { TrafficVerdict } from '../../../shared/verdicts'
import type { IncomingEvent } from '../parse/incomingEvent'

/** Events of a beacon that are taken for something other than a person's. */
export interface ExcludedTraffic {
  readonly events: readonly IncomingEvent[]
  readonly verdicts: readonly TrafficVerdict[]
  /** The codes under which it is counted. */
  readonly reasons: readonly string[]
  /** True if the settings count it: then its events are stored like those of people, too. */
  readonly isCounted: boolean
  /** Number and name of the network, '' where it is unknown. */
  readonly network: string
  /** Family of the program. */
  readonly agent: string
}
