import type { Parameter } from '../metric'

/** What a share counts. */
export const SCOPE: Parameter = {
  name: 'scope',
  help: 'Counts visitors or sessions.',
  values: ['visitor', 'session'],
  default: 'visitor',
}
