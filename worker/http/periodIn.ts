import { Problem } from '../lib/problem'

const json = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    throw new Problem(400, 'bad_period', '"period" must be JSON.')
  }
}

/**
 * A period as an address holds it: `30d`, `2026-01-01,2026-01-31` or `{"from","to"}`.
 * @throws Problem `bad_period`
 * @example periodIn('2026-01-01,2026-01-31') // { from: '2026-01-01', to: '2026-01-31' }
 */
export const periodIn = (text: string): unknown => {
  const days = /^(\d{4}-\d\d-\d\d)(?:,|\.\.)(\d{4}-\d\d-\d\d)$/.exec(text)
  if (days) return { from: days[1], to: days[2] }
  return text.startsWith('{') ? json(text) : text
}
