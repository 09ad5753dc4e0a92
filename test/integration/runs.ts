import { env } from 'cloudflare:workers'

/**
 * The number of random cases of a property: a share in `npm test`, all in `npm run test:deep`.
 * @param all cases in `npm run test:deep`
 */
export const runs = (all: number): number => Math.ceil(all * env.TEST_SHARE)

/**
 * The number of random cases of a property that runs with D1 and with an object per site: there it runs a fifth of them, as
 * only the store differs.
 */
export const runsOnStore = (all: number): number => (env.SITES ? Math.ceil(all / 5) : all)
