import { once } from 'node:events'
import { createServer } from 'node:net'
import { CommandFailure } from '../failure.ts'

/** Another program uses the port. */
export class PortTaken extends CommandFailure {}

/**
 * Resolves when `port` is free. 0, which takes any free port, always is.
 * @throws PortTaken, or a CommandFailure when this machine has no such address
 */
export const expectFreePort = async (port: number, host: string): Promise<void> => {
  const probe = createServer().listen(port, host)
  await once(probe, 'listening').catch(error => {
    if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
      throw new CommandFailure(
        `HOST is "${host}", but must be an address of this machine, such as 127.0.0.1 or 0.0.0.0.`,
      )
    }
    if (error.code !== 'EADDRINUSE') throw error
    throw new PortTaken(
      `Port ${port} is already in use. Stop the program that uses it, or choose another port with PORT=8788 npm start.`,
    )
  })
  probe.close()
  await once(probe, 'close')
}
