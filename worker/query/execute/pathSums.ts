import { pathKey, reachedKey } from '../../metrics/pathKey'
import type { ResultRow } from './cell'

/** By step the sessions that reached it, and those with each name. */
export const pathSums = (rows: readonly ResultRow[]): Record<string, number> =>
  Object.fromEntries(
    rows.flatMap(({ step, name, sessions, reached }) => [
      [reachedKey(Number(step)), Number(reached)],
      [pathKey(Number(step), String(name)), Number(sessions)],
    ]),
  )
