/** Columns of a session that a statement reads only when it needs them. */
export const SESSION_COLUMNS = [
  'next',
  'last',
  'duration',
  'cut',
  'seen',
  'views',
  'clicks',
  'actions',
  'events',
  'entry',
  'exit',
  'source',
  'place',
  'device',
] as const

export type SessionColumn = (typeof SESSION_COLUMNS)[number]
