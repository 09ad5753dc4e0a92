import { type CollectorPaths, collectorPaths, type PathVariables } from '../shared/collectorPaths.ts'
import { CommandFailure } from './failure.ts'

/**
 * The collector's paths that its owner chose.
 * @throws CommandFailure when they cannot be used
 */
export const chosenPaths = (variables: PathVariables): CollectorPaths => {
  const { paths, fault } = collectorPaths(variables)
  if (fault) throw new CommandFailure(`${fault.message} (${fault.code})`)
  return paths
}
