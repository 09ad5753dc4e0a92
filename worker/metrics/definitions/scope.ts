import type { Parameter } from '../metric'

/** The unit of a share. */
export const SCOPE: Parameter = {
  name: 'scope',
  help: 'Whether to count visitors or sessions.',
  values: ['visitor', 'session'],
  default: 'visitor',
}
