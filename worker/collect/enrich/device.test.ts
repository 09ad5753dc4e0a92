import { describe, expect, test } from 'vitest'
import { isBot } from '../filter/isBot'
import { deviceOf, namedDeviceOf } from './device'

const WINDOWS =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)'
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)'
const ANDROID = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)'
const PEOPLE: readonly (readonly [string, string])[] = [
  [WINDOWS, 'desktop Chrome Windows'],
  [`${WINDOWS} Edg/142.0.0.0`, 'desktop Microsoft Edge Windows'],
  [`${WINDOWS} OPR/120.0.0.0`, 'desktop Opera Windows'],
  [`${MAC} Version/18.1 Safari/605.1.15`, 'desktop Safari macOS'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0', 'desktop Firefox Linux'],
  [
    'Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36',
    'desktop Chrome Chrome OS',
  ],
  [`${IPHONE} Version/18.1 Mobile/15E148 Safari/604.1`, 'mobile Safari iOS'],
  [`${IPHONE} CriOS/142.0 Mobile/15E148 Safari/604.1`, 'mobile Chrome iOS'],
  [`${ANDROID} Chrome/142.0.0.0 Mobile Safari/537.36`, 'mobile Chrome Android'],
  [
    `${ANDROID} SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36`,
    'mobile Samsung Internet for Android Android',
  ],
  [`${ANDROID} Chrome/142.0.0.0 Safari/537.36`, 'tablet Chrome Android'],
  [
    'Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1',
    'tablet Safari iOS',
  ],
  [
    'Mozilla/5.0 (Web0S; Linux/SmartTV) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/94.0.4606.128 Safari/537.36 WebAppManager',
    'tv WebOS Browser WebOS',
  ],
]
const PROGRAMS = [
  '',
  'curl/8.5.0',
  'python-requests/2.32',
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)',
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/142.0.0.0 Safari/537.36',
]

describe('deviceOf', () => {
  test.each(PEOPLE)('%s', (userAgent, expected) => {
    const { device, browser, os } = deviceOf(userAgent, '', false)
    expect(`${device} ${browser} ${os}`).toBe(expected)
  })

  test('takes no name from an unknown program', () => {
    for (const userAgent of ['', 'Mozilla/5.0', 'Anything/1.0 (x)', '<b>/1.0 y', 'x'.repeat(5000), '\u0000']) {
      expect(deviceOf(userAgent, '', false)).toEqual({ device: '', browser: '', os: '', language: '', gpc: '' })
    }
  })

  test('takes no device from a bot', () => {
    expect(deviceOf('Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)', '', false).device).toBe(
      '',
    )
  })

  test('returns the same for a user agent that left the cache', () => {
    const before = deviceOf(WINDOWS, 'sv', false)
    for (let i = 0; i < 600; i++) deviceOf(`${WINDOWS} ${i}`, '', false)
    expect(deviceOf(WINDOWS, 'sv', false)).toEqual(before)
  })

  test.each([
    ['sv-SE,sv;q=0.9,en;q=0.8', 'sv-SE'],
    ['en-us', 'en-US'],
    ['de', 'de'],
    ['zh-hant-tw;q=1', 'zh-Hant-TW'],
    [' fr-CA , fr', 'fr-CA'],
    ['', ''],
    ['*', ''],
    ['*,sv', ''],
    ['english', ''],
    ['en_US', ''],
    ['en-a', ''],
    [`en-${'abcdefgh-'.repeat(4)}x`, ''],
    ['x'.repeat(10_000), ''],
  ])('%j is the language %j', (acceptLanguage, language) => {
    expect(deviceOf('', acceptLanguage, false).language).toBe(language)
  })
})

describe('namedDeviceOf', () => {
  const named = (browser: string, os: string, device: 'tablet' | '') =>
    namedDeviceOf(WINDOWS, 'sv', { browser, os, device })

  test('what a server names outranks the user agent, which tells the rest', () => {
    const told = deviceOf(WINDOWS, 'sv', false)
    expect(named('Netscape', '', '')).toEqual({ ...told, browser: 'Netscape' })
    expect(named('', 'Plan 9', 'tablet')).toEqual({ ...told, os: 'Plan 9', device: 'tablet' })
  })
})

describe('isBot', () => {
  test.each(PEOPLE)('%s is not a bot', userAgent => {
    expect(isBot(userAgent)).toBe(false)
  })

  test.each(PROGRAMS)('%j is a bot', userAgent => {
    expect(isBot(userAgent)).toBe(true)
  })
})
