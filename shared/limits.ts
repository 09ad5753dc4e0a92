/** Limits of all input. Input over a limit is rejected with a reason, unless a comment says otherwise. */
export const LIMITS = {
  /** Bytes of a beacon's body. */
  beaconBytes: 64 * 1024,
  recordsPerBeacon: 50,
  /** Bytes of a body of `POST /api/v1/events`. */
  eventsBytes: 4 * 1024 * 1024,
  eventsPerCall: 5_000,
  /** Bytes of a provider's webhook. */
  hookBytes: 1024 * 1024,
  /** Queries in one call of `POST /api/v1/query`. */
  questionsPerCall: 20,
  /** Bytes of a body of `POST /api/v1/imports/:kind`. */
  importBytes: 4 * 1024 * 1024,
  rowsPerImport: 10_000,
  /** Values of a dimension that an imported day tells apart; the smallest beyond them become "(other)". */
  valuesPerImportedDay: 250,
  /** Bytes of a part of a backup, as `POST /api/v1/sites/:domain/restore` takes it. */
  restoreBytes: 32 * 1024 * 1024,
  /** Bytes of any other JSON body. */
  bodyBytes: 256 * 1024,
  /** Entries of a setting that is a list. */
  entriesPerSetting: 100,
  /** Characters. A longer address from a browser loses query parameters; from a server it is rejected. A longer referrer is cut. */
  url: 4_000,
  referrer: 2_000,
  /** Characters of a path as stored; the rest is cut. */
  path: 2_000,
  eventName: 64,
  identifier: 256,
  userAgent: 2_000,
  propertyName: 64,
  propertyValue: 1_000,
  propertiesPerEvent: 50,
  itemsPerEvent: 200,
  itemField: 200,
  /** Major units of any currency. */
  amount: 1e10,
  quantity: 1e6,
  /** Visible seconds of a page view. */
  visibleSeconds: 24 * 60 * 60,
  /** Clicks on one page view. */
  clicks: 100_000,
  /** Largest Contentful Paint and Interaction to Next Paint of a page view, milliseconds; a larger one counts as this. */
  vitalMilliseconds: 10 * 60 * 1000,
  /** Cumulative Layout Shift of a page view; a larger one counts as this. */
  layoutShift: 1_000,
  /** How far an event may be ahead of the collector's clock, milliseconds. */
  future: 60 * 60 * 1000,
  /** How old a page view or event from a browser may be, milliseconds. */
  beaconAge: 24 * 60 * 60 * 1000,
  /** Page views and events in all beacons of one client, by its address, and their bytes. */
  recordsPerMinute: 6_000,
  bytesPerMinute: 1_000_000,
  /** API calls with one key; the admin token has no limit. */
  callsPerMinute: 3_000,
  /** Calls of one client that were answered with 401, without webhooks. */
  wrongKeysPerMinute: 60,
  /** Challenges for passkeys that one client asks for. Each is a row until it expires. */
  challengesPerMinute: 20,
  /** Passwords of share links that one client tries. */
  passwordsPerMinute: 10,
  /** Wrong passwords of one share link, whoever tries them. */
  wrongPasswordsPerMinute: 30,
} as const

/** A browser, which anybody can pretend to be, or a server with a write key. */
export type Sender = 'browser' | 'server'

/**
 * How many dictionary values a site may add in a UTC day; further ones are stored as "(other)". Servers may add more, as
 * they import years at a time.
 */
export const TEXTS_A_DAY = {
  browser: { pages: 10_000, sources: 5_000, places: 5_000, devices: 2_000, names: 500 },
  server: { pages: 50_000, sources: 25_000, places: 25_000, devices: 10_000, names: 2_500 },
} as const satisfies Record<Sender, Record<string, number>>

/** The share of a day's new values from browsers that one client, by its address, may add. */
export const CLIENT_SHARE = 0.1
