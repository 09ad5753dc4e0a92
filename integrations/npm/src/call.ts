import type { Properties } from './properties.js'

interface Footfall {
  (name: string, properties?: Properties): void
  q?: unknown[]
}

/** Stands in for the script's function until the script has loaded and takes the calls from `q`. */
const queue: Footfall = (...call) => {
  queue.q ||= []
  queue.q.push(call)
}

/** Calls the script's function. Does nothing where there is no page, such as on a server. */
export const call: Footfall = (name, properties) => {
  if (typeof document === 'undefined') return
  const page = window as unknown as { footfall?: Footfall }
  page.footfall ||= queue
  page.footfall(name, properties)
}
