import type { Beacon, DROPPED_HEADER, WireRecord } from '../shared/wire'
import { explain } from './guard'
import { storage } from './storage'
import { script, tag } from './tag'

/** Records that could not be sent. */
const unsent: WireRecord[] = []

/**
 * Posts a record in a way that survives the page, and returns it.
 *
 * Records without an answer, or with one that says to retry, go along with the next record. Their ids make it harmless if
 * they were stored and only the answer was lost. A record that is rejected alone is not sent again. Copies are queued,
 * because the page may change its objects, and only the last 20, because the collector accepts 50 records at once.
 *
 * `sendBeacon` is used only if `fetch` fails: ad blockers block it across sites (EasyPrivacy's `$ping,third-party`), and
 * Firefox has `keepalive` since 133. What `sendBeacon` rejects is too large for either, which allow 64 KiB:
 * https://w3c.github.io/beacon/#return-value. A string is sent as `text/plain`, which needs no preflight.
 * The collector's address is relative to the script's, so that a proxy can serve both from a folder.
 */
export const send = <R extends WireRecord>(record: R): R => {
  const endpoint = (tag.api || script.src.replace(/\/[^/]*$/, '')) + '/v1/e'
  const body = JSON.stringify({
    v: 1,
    s: tag.site,
    n: Date.now(),
    // biome-ignore lint/suspicious/noAssignInExpressions: fewer bytes than a statement
    p: storage && tag.id === 'persistent' ? (storage.footfall_id ||= '' + Math.random()) : undefined,
    e: [...unsent.splice(0), record].slice(-20),
  } satisfies { [K in keyof Beacon]: unknown })
  const sent: WireRecord[] = JSON.parse(body).e
  fetch(endpoint, { method: 'POST', keepalive: true, credentials: 'omit', body })
    .then(response => {
      // 429, "too many requests", and 5xx are temporary.
      if (response.status > 428) unsent.push(...sent)
      // One invalid record rejects the whole request, so each is sent alone.
      else if (!response.ok && sent[1]) sent.map(send)
      // The answer to a stored record is empty.
      return response.headers.get('x-footfall-dropped' satisfies typeof DROPPED_HEADER) || response.text()
    })
    .then(explain, () => navigator.sendBeacon?.(endpoint, body) && unsent.push(...sent))
  return record
}
