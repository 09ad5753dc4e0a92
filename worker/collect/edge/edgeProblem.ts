/** Why Cloudflare's analytics could not be fetched, in one sentence that holds no secret. */
export class EdgeProblem extends Error {}
