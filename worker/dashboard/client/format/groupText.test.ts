import { expect, test } from 'vitest'
import { CHANNELS } from '../../../collect/enrich/channel'
import { clientFrameTexts } from '../../texts/clientFrame'
import { groupText } from './groupText'

test('every channel has a text, which a translation can replace', () => {
  expect(Object.keys(clientFrameTexts.channels).toSorted()).toEqual(CHANNELS.toSorted())
})

test.for([
  ['channel', 'Organic search', 'Organic search'],
  ['device', 'mobile', 'Mobile'],
  ['device', 'tv', 'TV'],
  ['device', 'constructor', 'constructor'],
  ['visitor_type', 'new', 'New'],
  ['country', 'SE', 'Sweden'],
  ['country', '(not set)', 'Unknown'],
  ['campaign', '(not set)', 'None'],
  ['source', '(direct)', 'Direct'],
  ['page', '/\u202epath', '/\ufffdpath'],
])('%s %s is shown as %s', ([dimension = '', value = '', text]) => {
  expect(groupText(dimension, value)).toBe(text)
})
