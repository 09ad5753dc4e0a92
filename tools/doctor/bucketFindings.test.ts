import { expect, test } from 'vitest'
import { type BucketState, bucketFindings } from './bucketFindings'

const NOW = Date.parse('2026-02-03T12:00:00Z')

const state = (last: string | null, site: string | null = 'shop.example'): BucketState => ({
  site,
  last,
  failure: null,
})

const [RECENT, OLD] = ['2026-02-03T00:10:00.000Z', '2026-01-31T00:10:00.000Z']

test.each<[string, BucketState | null, RegExp | null, RegExp | null]>([
  ['BACKUPS', null, null, /^not bound, so there are no backups on a schedule; docs\/deploy\.md/],
  ['BACKUPS', state(RECENT), null, /^the last file of shop\.example was written 2026-02-03 00:10 UTC$/],
  ['BACKUPS', state(OLD), /^The last backup of shop\.example is 83 hours old, .*wrangler tail/, null],
  ['BACKUPS', state(null), /^No backup of shop\.example is complete\./, null],
  ['BACKUPS', state(null, null), null, /^bound; there is no site/],
  ['BACKUPS', { ...state(null), failure: 'unexpected' }, /^The bucket BACKUPS cannot be read \(unexpected\)/, null],
  ['EXPORTS', null, null, /^not bound, so there are no exports to R2/],
  // A site without traffic has no finished day to export.
  ['EXPORTS', state(OLD), null, /^the last file of shop\.example/],
  ['EXPORTS', state(null), null, /^bound; nothing is written of shop\.example yet/],
])('%s with %j', (name, bucket, fault, note) => {
  const [found, ...others] = bucketFindings({ [name]: bucket }, NOW)
  expect([found?.check, others]).toEqual([`bucket ${name}`, []])
  expect([found?.fault ?? null, found?.note ?? null]).toEqual(
    [fault, note].map(part => (part === null ? null : expect.stringMatching(part))),
  )
})

test('an earlier release that does not report buckets gives no finding', () => {
  expect(bucketFindings({}, NOW)).toEqual([])
})
