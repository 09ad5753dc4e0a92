/** Words in the names of companies that rent servers. */
const HOSTING = /host|server|vps|data ?cent|dedicated|colo/i
/**
 * Networks that people reach the web through: clouds through which companies send their staff, relays of browsers, and
 * providers of homes, offices and schools.
 */
const OF_PEOPLE =
  /security|proxy|vpn|amazon|google|microsoft|apple|akamai|cloudflare|fastly|oracle|telecom|telekom|communication|broadband|cable|mobile|wireless|isp\b|internet service|windstream|broadcast|echostar|universit|school|education|bank|district/i

const LINE = /^"?(\d+)"?,\s*"?(.*?)"?\s*$/

/** The company in names like `HETZNER-AS, DE` and `HOSTUS - HostUS, HK`. */
const companyOf = (name: string): string =>
  name
    .replaceAll('&amp;', '&')
    .replace(/, [A-Z]{2}$/, '')
    .replace(/^[A-Z\d-]+ - /, '')
    .trim()

/**
 * The numbers and names of networks in a list of rented servers, without those that people use too.
 * @example networksIn('24931,"DediPower Managed Hosting Limited"') // { 24931: 'DediPower Managed Hosting Limited' }
 */
export const networksIn = (csv: string): Record<string, string> =>
  Object.fromEntries(
    csv.split('\n').flatMap(line => {
      const [, number, name = ''] = LINE.exec(line) ?? []
      return number && HOSTING.test(name) && !OF_PEOPLE.test(name) ? [[number, companyOf(name)]] : []
    }),
  )
