interface Sampled {
  readonly nodes: readonly { readonly id: number; readonly callFrame: { readonly functionName: string } }[]
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

/** Samples in which the isolate waits, or runs what is not the Worker. */
const OUTSIDE = new Set(['(idle)', '(program)', '(root)'])

const MICROSECONDS = 100

const busyMs = ({ nodes, samples, timeDeltas }: Sampled): number => {
  const outside = new Set(nodes.filter(one => OUTSIDE.has(one.callFrame.functionName)).map(({ id }) => id))
  const busy = samples.reduce((sum, id, index) => sum + (outside.has(id) ? 0 : (timeDeltas[index + 1] ?? 0)), 0)
  return busy / 1000
}

/** The processor's time in an isolate, by its profiler. */
export interface IsolateProfile {
  /** Milliseconds that the isolate is busy while something runs. */
  busyWhile(work: () => Promise<unknown>): Promise<number>
  close(): void
}

/**
 * Connects to the inspector of a Worker in Miniflare.
 * @param port of the inspector
 */
export const openProfile = async (port: number): Promise<IsolateProfile> => {
  const targets = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()) as { webSocketDebuggerUrl: string }[]
  const address = targets.map(one => one.webSocketDebuggerUrl).find(url => url.includes('core:user:'))
  if (!address) throw new Error('The inspector names no Worker.')
  const socket = new WebSocket(address)
  const waiting = new Map<number, (result: unknown) => void>()
  socket.onmessage = ({ data }) => {
    const { id, result } = JSON.parse(String(data))
    waiting.get(id)?.(result)
  }
  await new Promise(resolve => {
    socket.onopen = resolve
  })
  const call = (method: string, params: object = {}): Promise<unknown> => {
    const id = waiting.size + 1
    socket.send(JSON.stringify({ id, method, params }))
    return new Promise(resolve => waiting.set(id, resolve))
  }
  await call('Profiler.enable')
  await call('Profiler.setSamplingInterval', { interval: MICROSECONDS })
  return {
    busyWhile: async work => {
      await call('Profiler.start')
      await work()
      return busyMs(((await call('Profiler.stop')) as { profile: Sampled }).profile)
    },
    close: () => socket.close(),
  }
}
