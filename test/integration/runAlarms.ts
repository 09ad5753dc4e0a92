import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { SiteObject } from '../../worker/index'
import { d1 } from '../../worker/storage/d1'
import { listSites } from '../../worker/storage/sites'
import { objectOf } from './objectOf'

const { alarm } = SiteObject.prototype

// The clock of these tests is set by hand, the runtime's is not: an alarm in its past would go off again and again.
SiteObject.prototype.alarm = async () => {}

/** Runs an alarm. As the runtime does, deletes it first. */
const goOff = async (instance: SiteObject, { storage }: DurableObjectState): Promise<void> => {
  await storage.deleteAlarm()
  await alarm.call(instance)
}

/** Runs the alarms of all objects at the current time of the clock. */
export const runAlarms = async (): Promise<void> => {
  for (const site of await listSites(d1(env.DB))) {
    const object = objectOf(site)
    if (object) await runInDurableObject(object, (instance, state) => goOff(instance, state))
  }
}
