import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sourceOf } from '../enrich/source'
import { maskEmails } from './maskEmails'
import { linkText, pageEntry, pageEntryWith } from './page'

const path = (url: string): string => pageEntry(new URL(url, 'https://shop.example'))[1]

describe('the path of a page', () => {
  test.each([
    ['/cart?email=ada%40example.com&utm_source=x&session=1', '/cart'],
    ['https://ada:secret@shop.example/cart', '/cart'],
    ['/#/settings?token=abc', '/#/settings'],
    ['/#access_token=abc&token_type=bearer', '/'],
    ['/#/orders/7', '/#/orders/7'],
  ])('of %s holds no query, whatever its source: %s', (url, stored) => {
    expect(path(url)).toBe(stored)
  })

  test.each([
    ['/users/ada@example.com', '/users/(email)'],
    ['/users/ada%40example.com/edit', '/users/(email)/edit'],
    ['/users/ada%2540example.com', '/users/(email)'],
    ['/users/ada%40example%2Ecom', '/users/(email)'],
    ['/users/ada+news@mail.example.co.uk', '/users/(email)'],
    ['/u/a@x.com,b@y.org;c@z.net', '/u/(email),(email);(email)'],
    ['/u/ada%40ex%C3%A4mple.com', '/u/(email)'],
    ['/mail%2Fada%40example.com%2Fread', '/mail%2F(email)%2Fread'],
    ['/#/users/ada@example.com', '/#/users/(email)'],
  ])('of %s holds no email address: %s', (url, stored) => {
    expect(path(url)).toBe(stored)
  })

  test.each([
    '/@ada',
    '/@ada/posts',
    '/logo@2x.png',
    '/npm/vite@7.1.2/index.js',
    '/a@b',
    '/100%25/off',
    '/%40example.com',
  ])('of %s stays: it is no email address', url => {
    expect(path(url)).toBe(url)
  })

  test('of any address is masked at any position', () => {
    const word = fc.stringMatching(/^[a-z0-9._+-]{1,12}$/)
    const host = fc.stringMatching(/^[a-z0-9]{1,8}\.[a-z]{2,6}$/).filter(text => !/^\d+x\./.test(text))
    const at = fc.constantFrom('@', '%40', '%2540')
    const around = fc.constantFrom('/', '?', '&', '=', ',', ' ', '%2F', ':')
    const property = fc.property(word, at, host, around, around, (name, at, host, before, after) => {
      const masked = maskEmails(`x${before}${name}${at}${host}${after}y`)
      expect(masked).toBe(`x${before}(email)${after}y`)
    })
    fc.assert(property)
  })
})

test('the referrer holds no email address', () => {
  const from = (query: string, referrer = '') =>
    sourceOf(new URL(`https://shop.example/${query}`), referrer, () => false)
  expect(from('?utm_source=news&utm_content=ada%40example.com')?.content).toBe('(email)')
  expect(from('?utm_source=news&utm_term=to:ada@example.com')?.term).toBe('to:(email)')
  expect(from('', 'https://mail.example/inbox/ada@example.com?q=1')?.referrer).toBe('mail.example/inbox/(email)')
})

test('the target of a link holds neither a query nor an email address', () => {
  expect(linkText('https://x.example/a?b=c#d')).toBe('https://x.example/a')
  expect(linkText('https://x.example/u/ada@example.com')).toBe('https://x.example/u/(email)')
  expect(linkText('mailto:ada@example.com')).toBe('mailto:(email)')
  expect(linkText('/relative')).toBe('/relative')
})

describe('a path with kept query parameters', () => {
  const kept = (url: string, ...names: string[]): string =>
    pageEntryWith(new URL(url, 'https://shop.example'), names)[1]

  test.each([
    ['/search?q=mug&page=2', '/search?q=mug'],
    ['/search?page=2', '/search'],
    ['/search', '/search'],
    ['/search?lang=sv&q=red%20mug', '/search?q=red+mug&lang=sv'],
    ['/search?q=a&q=b', '/search?q=a&q=b'],
    ['/search?q=ada%40example.com', '/search?q=(email)'],
    ['/app?q=mug&x=1#/orders', '/app?q=mug#/orders'],
  ])('of %s: %s', (url, stored) => {
    expect(kept(url, 'q', 'lang')).toBe(stored)
  })

  test('without any is the same as ever', () => {
    expect(kept('/search?q=mug')).toBe('/search')
  })
})
