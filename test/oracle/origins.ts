import type { RawEvent } from './event.ts'

/** The possible sources of a session, as named by its source dimensions. */
export interface Origin {
  readonly channel: string
  readonly source: string
  readonly medium: string
  readonly campaign: string
  readonly term: string
  readonly content: string
  readonly referrer: string
  readonly utm_id: string
}

/** The name of an empty dimension value. */
export const NOT_SET = '(not set)'

const DIRECT: Origin = {
  channel: 'Direct',
  source: '(direct)',
  medium: '(none)',
  campaign: NOT_SET,
  term: NOT_SET,
  content: NOT_SET,
  referrer: NOT_SET,
  utm_id: NOT_SET,
}

/** Landing pages of campaigns. */
export const CAMPAIGNS = [
  '/a?utm_source=townpaper&utm_medium=cpc&utm_campaign=spring&utm_id=s-26',
  '/?utm_source=letter&utm_medium=email&utm_campaign=spring&utm_content=footer',
  '/b/c?gclid=1&utm_term=mugs',
]

/** Channels of unknown sources, by medium. */
const CHANNELS: Readonly<Record<string, string>> = { cpc: 'Paid other', email: 'Email' }

const sourceTagged = (query: URLSearchParams): Partial<Origin> => {
  const [source, medium] = [query.get('utm_source'), query.get('utm_medium') ?? '']
  if (source) return { source, medium, channel: CHANNELS[medium] ?? `No channel is known for the medium "${medium}".` }
  return query.has('gclid') ? { source: 'Google', medium: 'cpc', channel: 'Paid search' } : {}
}

/** The parameters of a page's address. */
const tagged = (url: string): Partial<Origin> => {
  const query = new URL(url).searchParams
  const texts = ['campaign', 'term', 'content'].flatMap(name => {
    const text = query.get(`utm_${name}`)
    return text ? [[name, text]] : []
  })
  const id = query.get('utm_id')
  return { ...sourceTagged(query), ...Object.fromEntries(texts), ...(id && { utm_id: id }) }
}

/** Referring pages, each with its expected source, worked out by hand. */
const LINKED: Readonly<Record<string, Omit<Origin, 'campaign' | 'term' | 'content' | 'utm_id'>>> = {
  'https://www.bing.com/': { channel: 'Organic search', source: 'Bing', medium: 'organic', referrer: 'bing.com' },
  'https://blog.example/mugs?page=2': {
    channel: 'Referral',
    source: 'blog.example',
    medium: 'referral',
    referrer: 'blog.example/mugs',
  },
}
export const REFERRERS = Object.keys(LINKED)

/** The source of a session by the address of a page and its referrer. */
export const originOf = ({ url, referrer }: RawEvent): Origin => ({
  ...DIRECT,
  ...LINKED[referrer ?? ''],
  ...(url === undefined ? {} : tagged(url)),
})

interface Machine {
  readonly device: string
  readonly browser: string
  readonly os: string
}

/** User agents with the expected device. */
const MACHINES: Readonly<Record<string, Machine>> = {
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36': {
    device: 'desktop',
    browser: 'Chrome',
    os: 'Linux',
  },
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1':
    { device: 'mobile', browser: 'Safari', os: 'iOS' },
}
export const USER_AGENTS = Object.keys(MACHINES)

export const machineOf = ({ user_agent }: RawEvent): Machine =>
  MACHINES[user_agent ?? ''] ?? { device: NOT_SET, browser: NOT_SET, os: NOT_SET }
