import { isbot } from 'isbot'
import { textId } from '../compactMap.ts'
import type { ImportedEvent, ImportFormat, ReadOptions } from '../importFormat.ts'
import { Occurrences } from '../occurrences.ts'
import { AiFetches } from './aiFetches.ts'
import { byTime, type LogLine } from './byTime.ts'
import { countRequest } from './countRequest.ts'
import type { LoggedRequest, ReadRequest } from './loggedRequest.ts'

/** Endings of programs that make pages. Any other ending is that of a file. */
const PAGES = /^(?:html?|xhtml|shtml|php\d?|aspx?|jsp|cfm|cgi|pl|do|\d+)$/i

const isFile = (target: string): boolean => {
  const [path = ''] = target.split(/[?#]/)
  const ending = /\.(\w{1,10})$/.exec(path.slice(path.lastIndexOf('/') + 1))?.[1]
  return ending !== undefined && !PAGES.test(ending)
}

const isAddress = (text: string): boolean => /^[\d.]{7,15}$|^[\da-f:.]*:[\da-f:.]*$/i.test(text)

const isOn = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`)

const programs = new Map<string, boolean>()

/** As the collector tells programs from people's browsers. */
const isProgram = (userAgent: string): boolean => {
  const known = programs.get(userAgent)
  if (known !== undefined) return known
  if (programs.size > 5_000) programs.clear()
  const is = isbot(userAgent)
  programs.set(userAgent, is)
  return is
}

interface Rule {
  readonly reason: string
  /** Whether log analyzers count the request as a page. */
  readonly isPage?: true
  fits(request: LoggedRequest, options: ReadOptions): boolean
}

const OF_BOTS = 'requests of bots'
const UNREADABLE = 'lines that cannot be read'

/** Why a request is not imported. The first that fits is counted. */
const RULES: readonly Rule[] = [
  {
    reason: UNREADABLE,
    fits: ({ address, time, target }) => !isAddress(address) || Number.isNaN(time) || !target.startsWith('/'),
  },
  { reason: 'requests other than GET', fits: ({ method }) => method !== 'GET' },
  {
    reason: 'requests that returned no page (status other than 200 or 304)',
    fits: ({ status }) => status !== 200 && status !== 304,
  },
  { reason: 'requests for files, not pages', fits: ({ target }) => isFile(target) },
  {
    reason: 'responses that are not HTML',
    fits: ({ contentType }) => contentType !== '' && !/^(?:text\/html|application\/xhtml)/i.test(contentType),
  },
  {
    reason: 'requests for other hosts: name one with --website',
    fits: ({ host }, { domain, website }) => host !== '' && (website === '' ? !isOn(host, domain) : host !== website),
  },
  {
    reason: 'requests without a user agent, which could be bots',
    isPage: true,
    fits: ({ userAgent }) => userAgent === '',
  },
  { reason: OF_BOTS, isPage: true, fits: ({ userAgent }) => isProgram(userAgent) },
]

/** A line's id is made of what is stored anyway: of an address or a user agent, it would confirm a guess. */
const idOf = ({ time, host, target, status, referrer }: LoggedRequest, occurrences: Occurrences): string => {
  const text = textId([time, host, target, status, referrer].join('\n'))
  return `log-${text}-${occurrences.next(text)}`
}

const eventOf = (request: LoggedRequest, id: string, domain: string): ImportedEvent => ({
  id,
  name: 'page_view',
  time: request.time,
  ip: request.address,
  user_agent: request.userAgent,
  url: `https://${request.host || domain}${request.target}`,
  ...(/^https?:/.test(request.referrer) && { referrer: request.referrer }),
})

/** A format of which each line is a request. */
export const logFormat = (takes: string, read: ReadRequest): ImportFormat => ({
  takes,
  differs: {
    pageviews:
      'The log’s are all requests for pages. Footfall leaves out bots and requests without a user agent, and counts the fetches of AI crawlers as ai_fetches.',
    visitors:
      'The log’s are the addresses and user agents of a day, bots included, as log analyzers count them. Footfall leaves out bots.',
    sessions: 'A log has no sessions.',
    bounces: 'A log has no bounces.',
  },
  fits: starts =>
    starts.some(({ text }) =>
      text
        .split('\n', 20)
        .map(read)
        .some(request => request !== null && request.method !== ''),
    ),
  async *read(files, options) {
    const occurrences = new Occurrences()
    const fetches = new AiFetches(options.figures?.dayOf)
    const toEvents = (request: LogLine): ImportedEvent[] => {
      const rule = request && RULES.find(({ fits }) => fits(request, options))
      if (request && options.figures && (!rule || rule.isPage)) countRequest(request, options.figures)
      if (request && !rule) return [eventOf(request, idOf(request, occurrences), options.domain)]
      if (request && rule?.reason === OF_BOTS && fetches.add(request)) return []
      options.leaveOut(rule?.reason ?? UNREADABLE)
      return []
    }
    for await (const lines of byTime(files, read, () => options.leaveOut('lines that are too long')))
      yield { kind: 'events', rows: lines.flatMap(toEvents) }
    yield* fetches.batches()
  },
})
