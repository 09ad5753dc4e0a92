import { LOCALE } from '../../texts/locale'

/** Times of answers are local to the site and are shown as they are, whatever the reader's time zone. */
export const asUtc = (time: string): number => Date.parse(`${time.slice(0, 10)}T${time.slice(11, 19) || '00:00:00'}Z`)

const dateFormats = new Map<Intl.DateTimeFormatOptions, Intl.DateTimeFormat>()

export const dateFormat = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
  const known = dateFormats.get(options) ?? new Intl.DateTimeFormat(LOCALE, { ...options, timeZone: 'UTC' })
  dateFormats.set(options, known)
  return known
}
