import lists from './lists.json' with { type: 'json' }

/**
 * Networks that rent servers and connect nobody's home, office or phone, by their numbers. The clouds of
 * Amazon, Google and Microsoft are left out: companies send their own people's traffic through them.
 * Who reads through a rented server, as some VPNs do, is taken for a program.
 * @see https://www.peeringdb.com/ who a number belongs to
 */
const LARGEST: ReadonlyMap<number, string> = new Map([
  [8560, 'IONOS'],
  [12876, 'Scaleway'],
  [14061, 'DigitalOcean'],
  [16276, 'OVH'],
  [20473, 'Vultr'],
  [24940, 'Hetzner'],
  [28753, 'Leaseweb'],
  [30633, 'Leaseweb'],
  [31898, 'Oracle'],
  [36351, 'IBM'],
  [36352, 'ColoCrossing'],
  [37963, 'Alibaba'],
  [45090, 'Tencent'],
  [45102, 'Alibaba'],
  [47583, 'Hostinger'],
  [51167, 'Contabo'],
  [53667, 'FranTech'],
  [60781, 'Leaseweb'],
  [63949, 'Linode'],
  [132203, 'Tencent'],
  [136907, 'Huawei'],
  [197540, 'netcup'],
  [213230, 'Hetzner'],
])

/** With those of a public list, which `npm run lists` writes. */
const HOSTING: ReadonlyMap<number, string> = new Map([
  ...Object.entries(lists.networks.entries).map(([number, name]) => [Number(number), name] as const),
  ...LARGEST,
])

/** Below this, Cloudflare takes a request for a program's: https://developers.cloudflare.com/bots/concepts/bot-score/ */
const LIKELY_HUMAN = 30

/** Cloudflare's data on the network that a request came from. */
export type Network = Pick<IncomingRequestCfProperties, 'asn' | 'asOrganization' | 'botManagement'>

/** Characters of a network's name. */
const LONGEST_NAME = 100

/**
 * The number and the name of a network, '' where it is unknown.
 * @example networkName({ asn: 24940 }) // 'AS24940 Hetzner'
 */
export const networkName = ({ asn, asOrganization }: Partial<Network>): string =>
  asn === undefined ? '' : `AS${asn} ${HOSTING.get(asn) ?? asOrganization ?? ''}`.trim().slice(0, LONGEST_NAME)

/** Whether a request came from a data centre, which no person sits in. */
export const isDataCentre = ({ asn }: Partial<Network>): boolean => asn !== undefined && HOSTING.has(asn)

/** Whether Cloudflare takes the sender for a program, on plans where it says so. Score 0 is none. */
export const isAutomated = ({ botManagement }: Partial<Network>): boolean => {
  const { score = 0, verifiedBot = false } = botManagement ?? {}
  return verifiedBot || (score > 0 && score < LIKELY_HUMAN)
}
