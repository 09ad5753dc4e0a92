import { ImportFailure } from './importFailure.ts'

/** Seconds between tries. */
const PAUSES = [0.5, 2, 5, 15, 30, 60]
/** The longest `Retry-After` to wait for, in seconds. */
const LONGEST = 120

/** Where to and with which right. */
export interface Post {
  /** The collector's address, like `https://stats.example.com`. */
  readonly origin: string
  /** A write key; empty where the session of a browser has the right. */
  readonly key: string
  /** Waits. Tests bring their own. */
  pause?(seconds: number): Promise<void>
}

const wait = (seconds: number): Promise<void> => new Promise(resolve => setTimeout(resolve, seconds * 1000))

interface Reply {
  readonly status: number
  readonly text: string
  readonly retryAfter: string | null
}

/** One call; `null` without an answer. */
const ask = async (url: string, init: RequestInit): Promise<Reply | null> => {
  try {
    const response = await fetch(url, init)
    return { status: response.status, text: await response.text(), retryAfter: response.headers.get('retry-after') }
  } catch {
    return null
  }
}

const messageOf = (text: string): string => {
  try {
    return JSON.parse(text).error.message
  } catch {
    return text.slice(0, 200)
  }
}

const isTemporary = (reply: Reply | null): boolean => reply === null || reply.status === 429 || reply.status >= 500

/** Seconds until the next try. */
const secondsUntil = (reply: Reply | null, pause: number): number => {
  const told = Number(reply?.retryAfter ?? Number.NaN)
  return Number.isFinite(told) ? Math.min(told, LONGEST) : pause
}

/**
 * Posts until the collector has answered. The events of a call have ids, so a call that was stored and whose answer was
 * lost does no harm.
 * @throws ImportFailure
 */
export const postRetrying = async (
  { origin, key, pause = wait }: Post,
  path: string,
  body: string,
  contentType: string,
): Promise<string> => {
  const headers = { 'content-type': contentType, ...(key !== '' && { authorization: `Bearer ${key}` }) }
  for (let tries = 0; ; tries++) {
    const reply = await ask(`${origin}${path}`, { method: 'POST', headers, body })
    if (reply && reply.status < 300) return reply.text
    const seconds = PAUSES[tries]
    if (seconds === undefined || !isTemporary(reply)) {
      throw new ImportFailure(
        reply
          ? `${origin} responded with ${reply.status}: ${messageOf(reply.text)}`
          : `${origin} does not respond: check the address, and that the collector is running.`,
      )
    }
    await pause(secondsUntil(reply, seconds))
  }
}
