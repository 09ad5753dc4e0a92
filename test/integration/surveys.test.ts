import { env } from 'cloudflare:workers'
import { beforeAll, expect, test } from 'vitest'
import { createSite, migrate, post } from './setup'

beforeAll(migrate)

/** The outcome of an answer: its stored row, or the code of its rejection. */
const answerOf = async (properties: Record<string, unknown>): Promise<unknown> => {
  const site = await createSite()
  const { refused } = await post(site, [{ name: 'survey_response', visitor_id: 'v', properties }])
  const stored = await env.DB.prepare(
    'select properties from events where site = (select id from sites where domain = ?1)',
  )
    .bind(site.domain)
    .first<string | null>('properties')
  return refused[0]?.code ?? JSON.parse(stored ?? 'null')
}

test.each<Record<string, unknown>>([
  { kind: 'nps', score: 0 },
  { kind: 'nps', score: 10, survey_id: 'spring' },
  { kind: 'csat', score: 1 },
  { kind: 'csat', score: 5, comment: 'Thank you.' },
  { kind: 'ces', score: 7.5 },
  { kind: 'mood', score: 'good' },
  { kind: 'mood' },
  { kind: 'toString', score: 77 },
  { score: 11 },
  { answer: 'yes' },
])('an answer is stored as sent: %j', async properties => {
  expect(await answerOf(properties)).toEqual(properties)
})

test('an empty answer is an answer, too', async () => {
  expect(await answerOf({})).toBe(null)
})

test('the id of a survey is a string, however it was sent', async () => {
  expect(await answerOf({ kind: 'nps', score: 9, survey_id: 3 })).toEqual({ kind: 'nps', score: 9, survey_id: '3' })
  expect(await answerOf({ survey_id: 3 })).toEqual({ survey_id: '3' })
  expect(await answerOf({ kind: 'nps', score: 9, survey_id: '' })).toEqual({ kind: 'nps', score: 9 })
})

test.each<Record<string, unknown>>([
  { kind: 'nps' },
  { kind: 'nps', score: -1 },
  { kind: 'nps', score: 11 },
  { kind: 'nps', score: 8.5 },
  { kind: 'nps', score: '9 of 10' },
  { kind: 'csat' },
  { kind: 'csat', score: 0 },
  { kind: 'csat', score: 6 },
  { kind: 'csat', score: true },
])('a score outside the scale of its kind is rejected: %j', async properties => {
  expect(await answerOf(properties)).toBe('bad_score')
})
