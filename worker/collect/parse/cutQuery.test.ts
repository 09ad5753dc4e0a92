import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cutQuery } from './cutQuery'

test.each([
  ['https://a.example/p?b=1', 30, 'https://a.example/p?b=1'],
  ['https://a.example/p?state=123456789&utm_source=x', 32, 'https://a.example/p?utm_source=x'],
  ['https://a.example/p?state=123456789&utm_source=x', 31, 'https://a.example/p'],
  ['https://a.example/p?utm_source=x&state=123456789', 40, 'https://a.example/p?utm_source=x'],
  ['https://a.example/p?state=123456789#/route?x=1', 40, 'https://a.example/p#/route?x=1'],
  ['https://a.example/a/path', 20, 'https://a.example/a/path'],
])('%s in %d characters is %s', (address, most, cut) => {
  expect(cutQuery(address, most)).toBe(cut)
})

test('of any address only parameters are cut, no more than must be', () => {
  const word = fc.stringMatching(/^[a-z0-9=]{0,12}$/)
  const fragment = word.map(text => (text === '' ? '' : `#${text}`))
  const property = fc.property(fc.array(word), fragment, fc.integer({ min: 20, max: 120 }), (words, hash, most) => {
    const base = 'https://a.example/'
    const address = `${base}${words.length > 0 ? '?' : ''}${words.join('&')}${hash}`
    const cut = cutQuery(address, most)
    if (address.length <= most) expect(cut).toBe(address)
    else {
      expect(cut.length).toBeLessThanOrEqual(Math.max(most, base.length + hash.length))
      expect(cut.startsWith(base) && cut.endsWith(hash)).toBe(true)
      const kept = new URL(cut).search.slice(1)
      const left = kept === '' ? [] : kept.split('&')
      let at = 0
      for (const one of left) at = words.indexOf(one, at) + 1 || Number.NaN
      expect(at).not.toBeNaN()
    }
  })
  fc.assert(property)
})
