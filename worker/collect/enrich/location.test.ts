import { expect, test } from 'vitest'
import { locationOf } from './location'

const cf = (fields: Partial<IncomingRequestCfProperties>): IncomingRequestCfProperties =>
  fields as IncomingRequestCfProperties

test('comes from Cloudflare', () => {
  expect(locationOf(cf({ country: 'SE', region: 'Skåne County', city: 'Malmö' }))).toEqual({
    country: 'SE',
    region: 'Skåne County',
    city: 'Malmö',
  })
  expect(locationOf(cf({ country: 'SE' }))).toEqual({ country: 'SE', region: '', city: '' })
})

test('is empty without Cloudflare, and for Tor and unknown countries', () => {
  const nowhere = { country: '', region: '', city: '' }
  expect(locationOf(undefined)).toEqual(nowhere)
  expect(locationOf(cf({}))).toEqual(nowhere)
  expect(locationOf(cf({ country: 'T1', city: 'x' }))).toEqual(nowhere)
  expect(locationOf({ ...cf({}), country: 'XX' as 'T1' })).toEqual(nowhere)
})
