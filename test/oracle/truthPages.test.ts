import { describe, expect, it } from 'vitest'
import type { RawEvent } from './event.ts'
import { answer, at, DAY, eventsBy, HOUR, MINUTE, NOON } from './story.ts'

const view = (path: string, more: Partial<RawEvent> = {}): Partial<RawEvent> => ({
  url: `https://shop.example${path}`,
  ...more,
})
const onPage = (path: string) => ({ question: { filters: [['is', 'page', [path]] as const] } })

describe('pages', () => {
  const events = [
    ...eventsBy(
      'a',
      [0, 'page_view', view('/')],
      [MINUTE, 'page_view', view('/mug')],
      [2 * MINUTE, 'page_view', view('/')],
    ),
    ...eventsBy('b', [0, 'page_view', view('/mug')], [MINUTE, 'login', view('/account')]),
    ...eventsBy('c', [0, 'login', view('/mug')]),
  ]

  it('are where sessions begin and end, by page views alone', () => {
    const of = (metric: 'entries' | 'exits', path: string) => answer(metric, events, onPage(path))?.value
    expect([of('entries', '/'), of('entries', '/mug'), of('entries', '/account')]).toEqual([1, 1, 0])
    expect([of('exits', '/'), of('exits', '/mug'), of('exits', '/account')]).toEqual([1, 1, 0])
    expect([answer('entries', events)?.value, answer('exits', events)?.value]).toEqual([2, 2])
  })

  it('are left by a share of the sessions that saw them', () => {
    expect(answer('exit_rate', events, onPage('/mug'))).toMatchObject({ numerator: 1, denominator: 2 })
    expect(answer('exit_rate', events, onPage('/'))).toMatchObject({ numerator: 1, denominator: 1 })
    expect(answer('exit_rate', events, onPage('/account'))).toMatchObject({ value: null, denominator: 0 })
  })

  it('are seen for a time', () => {
    const seconds = [10, 20, 0].map((engaged_seconds, n) => at(NOON + n * MINUTE, view('/', { engaged_seconds })))
    expect(answer('time_on_page', seconds)).toEqual({ value: 10, numerator: 30, denominator: 3 })
  })

  it('lie before and after others', () => {
    expect(answer('paths', events, { parameters: { page: '/' } })).toEqual({ value: 1 })
    expect(answer('paths', events, { parameters: { event: 'login' } })).toEqual({ value: 2 })
  })
})

describe('items in sessions', () => {
  const goods = (...ids: string[]): Partial<RawEvent> => ({ items: ids.map(item_id => ({ item_id })) })
  const events = [
    ...eventsBy('a', [0, 'view_item', goods('mug')], [1, 'view_item', goods('cap')], [2, 'add_to_cart', goods('mug')]),
    ...eventsBy('b', [0, 'view_item', goods('cap')], [1, 'add_to_cart', goods('mug')]),
  ]

  it('are added by a share of the sessions that viewed them', () => {
    const of = (item: string) =>
      answer('cart_to_view_rate', events, { question: { filters: [['is', 'item', [item]]] } })
    expect(of('mug')).toMatchObject({ numerator: 1, denominator: 1 })
    expect(of('cap')).toMatchObject({ numerator: 0, denominator: 2 })
    expect(answer('cart_to_view_rate', events)).toMatchObject({ numerator: 2, denominator: 2 })
  })
})

describe('the value of carts', () => {
  const goods = (price: number, quantity: number): Partial<RawEvent> => ({
    items: [{ item_id: 'mug', price, quantity }],
  })
  const abandoned = eventsBy('a', [0, 'add_to_cart', goods(20, 3)], [1, 'remove_from_cart', goods(20, 1)])

  it('is that of the goods left in abandoned ones', () => {
    expect(answer('cart_value_abandoned', abandoned)?.value).toBe(40)
    expect(answer('cart_value_abandoned', eventsBy('a', [0, 'add_to_cart', { value: 12.5 }]))?.value).toBe(12.5)
    expect(answer('cart_value_abandoned', abandoned, { now: NOON + HOUR })?.value).toBe(0)
  })

  it('is recovered by a purchase within 30 days', () => {
    const bought = (after: number) => [
      ...abandoned,
      ...eventsBy('a', [after, 'purchase', { transaction_id: 'T', value: 35 }]),
    ]
    expect(answer('cart_value_recovered', bought(3 * DAY))?.value).toBe(40)
    expect(answer('cart_value_recovered', bought(40 * DAY))?.value).toBe(0)
  })
})

describe('the lifecycle of users', () => {
  const seen = (who: string, ...days: number[]) => eventsBy(who, ...days.map(day => [day * DAY, 'page_view'] as const))
  const events = [
    ...seen('new', 8),
    ...seen('returning', 1, 9),
    ...seen('resurrected', -20, 8),
    ...seen('dormant', 2),
    ...seen('gone', -20),
  ]
  const week = { period: { from: '2026-02-06', to: '2026-02-12' } }

  it('compares the period with as many days before it', () => {
    expect(answer('lifecycle', events, { question: week })).toEqual({
      value: 3,
      parts: { new: 1, returning: 1, resurrected: 1, dormant: 1 },
    })
    expect(answer('lifecycle', events, { question: week, parameters: { state: 'dormant' } })?.value).toBe(1)
  })
})

describe('the effect of a guide', () => {
  const settings = { value_event: { event: 'chat_opened' } }
  const person = (who: string, isGuided: boolean, isActivated: boolean) =>
    eventsBy(
      who,
      [0, 'sign_up'],
      ...(isGuided ? [[HOUR, 'guide_complete', { properties: { guide_id: 'welcome' } }] as const] : []),
      ...(isActivated ? [[2 * HOUR, 'chat_opened'] as const] : []),
    )
  const events = [
    ...person('a', true, true),
    ...person('b', true, false),
    ...person('c', false, true),
    ...person('d', false, false),
    ...person('e', false, false),
    ...person('f', false, false),
  ]

  it('is the difference of two activation rates', () => {
    expect(answer('guide_effect', events, { settings })?.value).toBe(1 / 2 - 1 / 4)
    expect(answer('guide_effect', events, { settings, parameters: { guide: 'tour' } })?.value).toBeNull()
    expect(answer('guide_effect', events)).toEqual({ value: null, status: 'needs_input' })
  })
})

describe('the parts of the net promoter score', () => {
  it('are shares of 50, 30 and 20 % for 50 promoters and 20 detractors of 100', () => {
    const events = Array.from({ length: 100 }, (_, n) =>
      eventsBy(`p${n}`, [0, 'survey_response', { properties: { kind: 'nps', score: n < 50 ? 9 : n < 80 ? 8 : 6 } }]),
    ).flat()
    expect(answer('nps_promoters', events)).toEqual({ value: 0.5, numerator: 50, denominator: 100 })
    expect(answer('nps_passives', events)).toEqual({ value: 0.3, numerator: 30, denominator: 100 })
    expect(answer('nps_detractors', events)).toEqual({ value: 0.2, numerator: 20, denominator: 100 })
  })
})

describe('retention by events', () => {
  const events = [
    ...eventsBy('a', [0, 'page_view'], [DAY, 'purchase', { transaction_id: 'A', value: 1 }], [2 * DAY, 'login']),
    ...eventsBy('b', [0, 'page_view'], [DAY, 'login'], [2 * DAY, 'purchase', { transaction_id: 'B', value: 1 }]),
  ]
  const rate = (parameters: Record<string, string | number>) =>
    answer('retention_rate', events, { parameters: { day: 1, ...parameters } })

  it('begins with the first of one and ends with another', () => {
    expect(rate({})).toMatchObject({ numerator: 2, denominator: 2 })
    expect(rate({ first: 'purchase' })).toMatchObject({ numerator: 1, denominator: 2 })
    expect(rate({ return: 'login' })).toMatchObject({ numerator: 1, denominator: 2 })
    expect(rate({ first: 'login', return: 'purchase' })).toMatchObject({ numerator: 1, denominator: 2 })
  })
})
