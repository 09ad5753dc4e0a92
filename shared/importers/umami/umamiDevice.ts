import { browserName } from '../browserName.ts'
import { deviceKind } from '../deviceKind.ts'
import { systemName } from '../systemName.ts'

/** The machine of a session; `undefined` for a part that is unknown. */
export const umamiDevice = (browser: string, os: string, device: string) => ({
  browser: browserName(browser) || undefined,
  os: systemName(os) || undefined,
  device: deviceKind(device) || undefined,
})
