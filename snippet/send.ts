import type { Beacon, DROPPED_HEADER, WireRecord } from '../shared/wire'
import { explain } from './guard'
import { storage } from './storage'
import { script, tag } from './tag'

/** What could not be sent. */
const unsent: WireRecord[] = []

/**
 * Posts a record so that it survives the page it comes from, and hands it back.
 *
 * What gets no answer, or is told to come later, goes along with the next: a record's id makes it harmless that it may
 * have been stored and only the answer was lost. What is refused alone is not sent again. Kept are copies, as the page
 * may change what it gave; and only the last, as the collector takes 50 records at once.
 *
 * `sendBeacon` only where `fetch` fails: blockers refuse it across sites (EasyPrivacy's `$ping,third-party`), and
 * Firefox knows `keepalive` since 133. What it refuses is too large to be sent at all, for either allows 64 KiB:
 * https://w3c.github.io/beacon/#return-value. A string goes as `text/plain`, which needs no preflight.
 * The collector lies beside the script, so that a proxy may put both into a folder.
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
      // Everything from 429, "too many requests", on passes.
      if (response.status > 428) unsent.push(...sent)
      // One bad record refuses all that go with it, so each goes alone.
      else if (!response.ok && sent[1]) sent.map(send)
      // A stored record is answered with nothing at all.
      return response.headers.get('x-footfall-dropped' satisfies typeof DROPPED_HEADER) || response.text()
    })
    .then(explain, () => navigator.sendBeacon?.(endpoint, body) && unsent.push(...sent))
  return record
}
