/** Bounds of everything that comes from outside. What is over a bound is refused with a reason. */
export const LIMITS = {
  /** Bytes of a beacon's body. */
  beaconBytes: 64 * 1024,
  recordsPerBeacon: 50,
  /** Bytes of a body of `POST /api/v1/events`. */
  eventsBytes: 4 * 1024 * 1024,
  eventsPerCall: 5_000,
  /** Questions in one call of `POST /api/v1/query`. */
  questionsPerCall: 20,
  /** Bytes of a body of `POST /api/v1/imports/:kind`. */
  importBytes: 4 * 1024 * 1024,
  rowsPerImport: 10_000,
  /** Bytes of a part of a backup, as `POST /api/v1/sites/:domain/restore` takes it. */
  restoreBytes: 32 * 1024 * 1024,
  /** Bytes of any other JSON body. */
  bodyBytes: 256 * 1024,
  /** Entries of a setting that is a list. */
  entriesPerSetting: 100,
  /** Characters. An address over this is refused, a referrer over its limit is cut. */
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
  /** Seconds a page view can have been visible. */
  visibleSeconds: 24 * 60 * 60,
  /** Clicks on one page view. */
  clicks: 100_000,
  /** How far ahead of the collector's clock an event may be, milliseconds. */
  future: 60 * 60 * 1000,
  /** How old a page view or event from a browser may be, milliseconds. */
  beaconAge: 24 * 60 * 60 * 1000,
  /** Page views and events of one client, by its address, in all its beacons, and the bytes of these. */
  recordsPerMinute: 6_000,
  bytesPerMinute: 1_000_000,
  /** Calls of the API with one key; the admin token is not counted. */
  callsPerMinute: 3_000,
  /** Calls of one client that were answered 401. */
  wrongKeysPerMinute: 60,
} as const

/** Who sends: browsers, which anybody can pretend to be, or servers with a key. */
export type Sender = 'browser' | 'server'

/**
 * How many texts one site may add in a UTC day: what comes beyond that is kept as "(other)". Servers,
 * which import years at a time, may add more.
 */
export const TEXTS_A_DAY = {
  browser: { pages: 10_000, sources: 5_000, places: 5_000, devices: 2_000, names: 500 },
  server: { pages: 50_000, sources: 25_000, places: 25_000, devices: 10_000, names: 2_500 },
} as const satisfies Record<Sender, Record<string, number>>

/** The part of a day's texts of browsers that one client, by its address, may add. */
export const CLIENT_SHARE = 0.1
