/** Every table with a `site` column: what goes when a site goes. Checked against the schema by a test. */
export const SITE_TABLES = [
  'keys',
  'salts',
  'pages',
  'sources',
  'places',
  'devices',
  'names',
  'views',
  'events',
  'purchases',
  'event_ids',
  'identities',
  'refusals',
  'visits',
  'settlements',
  'dirty',
] as const
