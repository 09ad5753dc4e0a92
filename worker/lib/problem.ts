/** Every 4xx and 5xx status that Footfall answers with on purpose. */
export type ProblemStatus = 400 | 401 | 403 | 404 | 405 | 409 | 410 | 413 | 415 | 422 | 429 | 503

/**
 * What is wrong with a request, in one sentence a person can act on.
 *
 * Thrown anywhere below a route, answered by worker/index.ts as `{"error":{"code","message"}}`.
 * @example throw new Problem(404, 'unknown_site', 'Unknown site "x.example". Add it with POST /api/v1/sites.')
 */
export class Problem extends Error {
  readonly status: ProblemStatus
  readonly code: string

  constructor(status: ProblemStatus, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}
