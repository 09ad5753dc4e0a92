/**
 * The warning of an answer that is compared with nothing, because the site's data begin later.
 * @param from the first day of the previous period
 * @param firstDay the first day with data, `null` without any
 */
export const noPreviousData = (from: string, firstDay: string | null): string =>
  firstDay === null
    ? 'No previous data: this site has no data yet.'
    : `No previous data: the previous period begins on ${from}, and this site's data on ${firstDay}.`
