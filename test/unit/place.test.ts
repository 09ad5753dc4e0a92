import { expect, test } from 'vitest'
import { placeOf } from '../../worker/ingest/place'

const cf = (fields: Partial<IncomingRequestCfProperties>): IncomingRequestCfProperties =>
  fields as IncomingRequestCfProperties

test('is what Cloudflare says', () => {
  expect(placeOf(cf({ country: 'SE', region: 'Skåne County', city: 'Malmö' }))).toEqual({
    country: 'SE',
    region: 'Skåne County',
    city: 'Malmö',
  })
  expect(placeOf(cf({ country: 'SE' }))).toEqual({ country: 'SE', region: '', city: '' })
})

test('is nowhere without Cloudflare, and for Tor and unknown countries', () => {
  const nowhere = { country: '', region: '', city: '' }
  expect(placeOf(undefined)).toEqual(nowhere)
  expect(placeOf(cf({}))).toEqual(nowhere)
  expect(placeOf(cf({ country: 'T1', city: 'x' }))).toEqual(nowhere)
  expect(placeOf({ ...cf({}), country: 'XX' as 'T1' })).toEqual(nowhere)
})
