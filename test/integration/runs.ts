import { env } from 'cloudflare:workers'

/**
 * How many random cases a property is tried with: a share of them in `npm test`, all in `npm run test:deep`.
 * @param all cases in `npm run test:deep`
 */
export const runs = (all: number): number => Math.ceil(all * env.TEST_SHARE)
