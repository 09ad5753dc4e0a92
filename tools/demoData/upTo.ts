import type { DemoEvent } from './session.ts'

/** Events that lie before a time, in order. */
export const upTo = (now: number, events: readonly DemoEvent[]): DemoEvent[] =>
  events.filter(({ time }) => time < now).sort((one, other) => one.time - other.time)
