import { collectorPaths } from '../../shared/collectorPaths'
import type { Env } from '../env'
import { memoize } from '../lib/memoize'

const read = memoize((variables: string) => {
  const [SCRIPT_PATH, ENDPOINT_PATH] = variables.split('\n')
  return collectorPaths({ SCRIPT_PATH, ENDPOINT_PATH })
}, 1)

/** The collector's paths, and what is wrong with those that its owner chose. */
export const pathsOf = ({ SCRIPT_PATH = '', ENDPOINT_PATH = '' }: Env): ReturnType<typeof collectorPaths> =>
  read(`${SCRIPT_PATH.replaceAll('\n', ' ')}\n${ENDPOINT_PATH}`)
