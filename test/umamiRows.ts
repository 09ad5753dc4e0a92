const HEADER =
  'event_id,website_id,session_id,visit_id,created_at,url_path,url_query,referrer_path,referrer_query,referrer_domain,page_title,event_type,event_name,hostname,browser,os,device,screen,language,country,region,city\n'

const BROWSERS = ['chrome', 'firefox', 'safari', 'edge-chromium', 'crios', 'ios', 'samsung']
const SYSTEMS = ['Windows 10', 'Mac OS', 'iOS', 'Android OS', 'Linux']
const DEVICES = ['laptop', 'desktop', 'mobile', 'tablet']
const COUNTRIES = ['SE', 'US', 'DE', 'FR', 'GB', 'JP', 'BR', 'IN']
const REFERRERS = ['', '', 'www.google.com', 'news.ycombinator.com', 't.co', 'www.bing.com']

/** Page views of a session. */
const VIEWS = 4

const uuid = (kind: string, number: number): string => `${kind}-0000-4000-8000-${String(number).padStart(12, '0')}`

const pick = (list: readonly string[], number: number): string => list[number % list.length] ?? ''

const stamp = (time: number): string => new Date(time).toISOString().replace('T', ' ').replace('Z', '+00')

/** Milliseconds between the beginnings of two sessions: a million rows are a year. */
const BETWEEN = 126_000

/** A row of website_event with the columns of its session, in the order of time, as Umami stores them. */
const row = (number: number, start: number): string => {
  const session = Math.floor(number / VIEWS)
  const time = start + session * BETWEEN + (number % VIEWS) * 45_000
  const page = (number * 31 + session) % 2_000
  const event = number % 10 === 9
  return [
    uuid('0f0c0000', number),
    'b59e9c65-ae32-47f1-8400-119fcf4861c4',
    uuid('5e550000', session),
    uuid('71510000', session),
    stamp(time),
    `/articles/${page}`,
    '',
    number % VIEWS === 0 ? '/search' : '',
    '',
    number % VIEWS === 0 ? pick(REFERRERS, session) : '',
    `"Article ${page}, with a title of some length"`,
    event ? '2' : '1',
    event ? 'read-more' : '',
    'shop.example',
    pick(BROWSERS, session),
    pick(SYSTEMS, session),
    pick(DEVICES, session),
    '1920x1080',
    'en-US',
    pick(COUNTRIES, session),
    '',
    '',
  ].join(',')
}

/** Umami's table website_event as CSV, in pieces of a thousand rows. */
export const umamiRows = function* (rows: number, start = Date.UTC(2025, 0, 1)): Generator<string> {
  yield HEADER
  for (let from = 0; from < rows; from += 1_000)
    yield Array.from({ length: Math.min(1_000, rows - from) }, (_, index) => `${row(from + index, start)}\n`).join('')
}

/** Umami's table session as CSV, in which each session is of another user. */
export const umamiSessionRows = function* (rows: number): Generator<string> {
  yield 'session_id,website_id,browser,os,device,screen,language,country,region,city,distinct_id\n'
  for (let from = 0; from < rows; from += 1_000)
    yield Array.from({ length: Math.min(1_000, rows - from) }, (_, index) =>
      [
        uuid('5e550000', from + index),
        'b59e9c65-ae32-47f1-8400-119fcf4861c4',
        `chrome,Linux,laptop,1920x1080,en-US,SE,SE-AB,Stockholm,${uuid('00000000', from + index)}\n`,
      ].join(','),
    ).join('')
}
