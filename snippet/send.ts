import type { Beacon, DROPPED_HEADER, WireRecord } from '../shared/wire'
import { explain } from './guard'
import { storage } from './storage'
import { script, tag } from './tag'

/**
 * Posts a record so that it survives the page it comes from, and hands it back.
 *
 * `sendBeacon` only where that fails: blockers refuse it across sites (EasyPrivacy's `$ping,third-party`), and
 * Firefox knows `keepalive` since 133. A string goes as `text/plain`, which needs no preflight.
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
    e: [record],
  } satisfies { [K in keyof Beacon]: unknown })
  fetch(endpoint, { method: 'POST', keepalive: true, credentials: 'omit', body })
    // A stored record is answered with nothing at all.
    .then(response => response.headers.get('x-footfall-dropped' satisfies typeof DROPPED_HEADER) || response.text())
    .then(explain, () => navigator.sendBeacon(endpoint, body))
  return record
}
