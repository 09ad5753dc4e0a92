import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'

/** Bytes. Zipping a shorter answer saves no packet. */
const FEWEST = 1_000

const TEXTS = /^(?:text\/|application\/json|image\/svg)/

/** Whether an answer goes out zipped, as Cloudflare does it in front of the Worker. */
export const isZippable = ({ method, headers }: IncomingMessage, answer: IncomingMessage): boolean =>
  method !== 'HEAD' &&
  answer.statusCode === 200 &&
  answer.headers['content-encoding'] === undefined &&
  Number(answer.headers['content-length'] ?? FEWEST) >= FEWEST &&
  TEXTS.test(answer.headers['content-type'] ?? '') &&
  /\bgzip\b/.test(String(headers['accept-encoding'] ?? ''))

/** The headers of an answer that goes out zipped. */
export const zippedHeaders = ({ 'content-length': _, vary, ...headers }: IncomingHttpHeaders): IncomingHttpHeaders => ({
  ...headers,
  vary: [vary, 'accept-encoding'].filter(Boolean).join(', '),
  'content-encoding': 'gzip',
})
