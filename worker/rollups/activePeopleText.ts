import type { ActivePeople } from './activePeople'

/** D1 takes texts and rows of up to 2 MB. */
const MOST_CHARACTERS = 1_500_000
const MOST_OF_ROW = 1_900_000

/**
 * The people who were active on a day, as stored: their numbers, and the ids of their sessions. `null` for more than about
 * 90,000 people, who are counted by their sessions, and for the ids of more than about 65,000.
 */
export const activePeopleText = (active: ActivePeople | null): readonly [people: string, ids: string] => {
  const [people, ids] = [JSON.stringify(active?.people ?? null), JSON.stringify(active?.ids ?? null)]
  if (people.length > MOST_CHARACTERS) return ['null', 'null']
  return [people, people.length + ids.length > MOST_OF_ROW ? 'null' : ids]
}

/** @returns `null` where nobody is listed because there were too many */
export const readActivePeople = (people: unknown, ids: unknown): ActivePeople | null => {
  const numbers = JSON.parse(String(people ?? 'null')) as ActivePeople['people'] | null
  return numbers && { people: numbers, ids: JSON.parse(String(ids ?? 'null')) }
}
