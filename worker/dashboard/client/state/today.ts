import { PAGE } from './page'

/** The day it is in the site's time zone, like 2026-01-31. */
export const today = (): string => new Intl.DateTimeFormat('sv', { timeZone: PAGE.site?.timezone }).format()
