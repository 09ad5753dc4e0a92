import type { Alarm } from './alarm'
import { changedAlarm } from './changedAlarm'
import { quotaAlarm } from './quotaAlarm'
import { rowsAlarm } from './rowsAlarm'
import { silenceAlarm } from './silenceAlarm'

/** All alarms, in the order in which they are looked at. */
export const ALARMS: readonly Alarm[] = [silenceAlarm, rowsAlarm, quotaAlarm, changedAlarm]
