import type { Beacon, WireRecord } from '../shared/wire'
import { guard } from './guard'
import { script, tag } from './tag'

/** Records that could not be sent. */
let unsent: WireRecord[] = []

/**
 * Posts a record in a way that survives the page, and returns it.
 *
 * Records without an answer, or with one that says to retry, go along with the next record, or alone once another
 * request was answered. Their ids make it harmless if they were stored and only the answer was lost. A record that is rejected alone is
 * not sent again. Only the last 20 are kept, because the collector accepts 50 records at once.
 *
 * Requests that survive their page may hold 64 KiB together: https://fetch.spec.whatwg.org/#http-network-or-cache-fetch.
 * The browser refuses one that exceeds this, and its records wait like any without an answer. A body of 20,000 characters
 * can reach that limit alone, so it is sent as an ordinary request.
 *
 * `sendBeacon` would be blocked across sites by ad blockers (EasyPrivacy's `$ping,third-party`). A string is sent as
 * `text/plain`, which needs no preflight. The collector's address is relative to the script's, so that a proxy can serve
 * both from a folder.
 */
export const send = <R extends WireRecord>(record: R): R => {
  const body = JSON.stringify({
    s: tag.site,
    v: 1,
    n: Date.now(),
    p:
      navigator.globalPrivacyControl ||
      guard(() =>
        // biome-ignore lint/suspicious/noAssignInExpressions: fewer bytes than a statement
        tag.id === 'persistent' ? (localStorage.footfall_id ||= '' + Math.random()) : localStorage.footfall_id,
      )(),
    e: WHOLE ? [...unsent, record].slice(-20) : [record],
  } satisfies { [K in keyof Beacon]: unknown })
  const sent: WireRecord[] = WHOLE && JSON.parse(body).e
  if (WHOLE) unsent = []
  // biome-ignore lint/suspicious/noAssignInExpressions: fewer bytes than a statement
  const answered = (script.e = fetch(new URL((tag.api || '.') + '/v1/e', script.src), {
    keepalive: body.length < 2e4,
    body,
    method: 'POST',
    credentials: 'omit',
  })).catch(Object)
  if (WHOLE)
    answered.then(response =>
      response.ok
        ? unsent.splice(-1).map(send)
        : // One invalid record rejects the whole request, so each is sent alone.
          response.status < 429
          ? sent[1] && sent.map(send)
          : // 429, "too many requests", and 5xx are temporary. An error of the network has no status.
            unsent.push(...sent),
    )
  return record
}
