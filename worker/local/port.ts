import { once } from 'node:events'
import { createServer } from 'node:net'

/** Somebody else listens on the port. */
export class PortTaken extends Error {}

/**
 * Resolves when `port` can be listened on; 0, any free one, always can.
 * @throws PortTaken
 */
export const expectFreePort = async (port: number, host: string): Promise<void> => {
  const probe = createServer().listen(port, host)
  await once(probe, 'listening').catch(error => {
    if (error.code !== 'EADDRINUSE') throw error
    throw new PortTaken(
      `Port ${port} is taken: end the program that uses it, or choose another with PORT=8788 npm start.`,
    )
  })
  probe.close()
  await once(probe, 'close')
}
