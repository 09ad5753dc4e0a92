import type { CollectorPaths } from '../shared/collectorPaths.ts'
import { chosenFiles } from './chosenFiles.ts'

type Headers = Readonly<Record<string, string>>

const TAG: Headers = {
  'cache-control': 'public, max-age=86400, stale-while-revalidate=604800',
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
}

const HEADERS: Readonly<Record<string, Headers>> = {
  '/s.js': TAG,
  '/v.js': TAG,
  '/m/*': TAG,
  '/assets/*': {
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  },
}

/**
 * The headers of assets beside type and ETag, by path. Browsers cache the tag and its modules for a day and revalidate them
 * in the background for a week. Importing a module from another origin needs the CORS header. Files of the dashboard are
 * cached forever: when one changes, so does its name.
 */
export const assetHeaders = (chosen: CollectorPaths): Readonly<Record<string, Headers>> => ({
  ...HEADERS,
  ...Object.fromEntries(chosenFiles(chosen).map(({ path }) => [path, TAG])),
})
