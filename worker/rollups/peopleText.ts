/** D1 takes strings of up to 2 MB. */
const MOST_CHARACTERS = 1_500_000

/** The people who were active on a day, as stored; `null` for more than about 90,000, who are counted by their sessions. */
export const peopleText = (people: readonly number[] | null): string => {
  const text = JSON.stringify(people)
  return text.length > MOST_CHARACTERS ? 'null' : text
}
