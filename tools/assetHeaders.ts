const TAG = {
  'cache-control': 'public, max-age=86400, stale-while-revalidate=604800',
  'access-control-allow-origin': '*',
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
}

/**
 * The headers of assets beside type and ETag, by path. Browsers cache the tag and its modules for a day and revalidate them
 * in the background for a week. Importing a module from another origin needs the CORS header. Files of the dashboard are
 * cached forever: when one changes, so does its name.
 */
export const ASSET_HEADERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '/s.js': TAG,
  '/v.js': TAG,
  '/m/*': TAG,
  '/assets/*': {
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  },
}
