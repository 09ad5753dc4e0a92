import { MINUTE } from '../../shared/time'
import type { HonoEnv } from '../env'
import { hmacKey, keyedHash47 } from '../lib/hash'
import { isolateName } from '../lib/isolateName'
import { networkOf } from '../lib/networkOf'

/** Cloudflare names the client's address. A server that does not runs on the visitor's own machine. */
export const addressOf = (request: Request): string => request.headers.get('cf-connecting-ip') ?? '127.0.0.1'

/** This isolate's name for a client. */
export const nameOfClient = (request: Request): number => isolateName(networkOf(addressOf(request)))

/** The name that all isolates have for a client, for one minute. */
export const sharedNameOfClient = async (request: Request, { ADMIN_TOKEN }: HonoEnv['Bindings']): Promise<string> => {
  const minute = Math.floor(Date.now() / MINUTE)
  return String(
    await keyedHash47(await hmacKey(`client\n${ADMIN_TOKEN}`), `${minute}\n${networkOf(addressOf(request))}`),
  )
}
