import { env } from 'cloudflare:workers'

/**
 * The number of random cases of a property: a share in `npm test`, all in `npm run test:deep`.
 * @param all cases in `npm run test:deep`
 */
export const runs = (all: number): number => Math.ceil(all * env.TEST_SHARE)
