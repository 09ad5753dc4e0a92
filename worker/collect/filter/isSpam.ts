import { memoizePlain } from '../../lib/memoize'
import lists from './lists.json' with { type: 'json' }

/** Spammers that the public list does not have. */
const MORE = [
  'backgroundpictures.net',
  'best-seo-report.com',
  'embedle.com',
  'every-lang-seo.com',
  'extener.com',
  'extener.org',
  'fbfreegifts.com',
  'iloveitaly.co',
  'iloveitaly.com',
  'srecorder.co',
  'srecorder.com',
]

/** Hosts that visit sites only to appear among their referrers. `npm run lists` writes the public list. */
const SPAM = new Set([...lists.spammers.entries, ...MORE])

/** A host and those it is below. */
const hostsOf = (host: string): string[] => {
  const labels = host.split('.')
  return labels.map((_, index) => labels.slice(index).join('.'))
}

/**
 * Whether a referrer is a spammer's.
 * @example isSpam('http://semalt.semalt.com/crawler.php') // true
 */
export const isSpam = memoizePlain((referrer: string): boolean =>
  hostsOf(URL.parse(referrer)?.hostname ?? '').some(host => SPAM.has(host)),
)
