/** D1 takes texts of up to 2 MB. */
const MOST_CHARACTERS = 1_500_000

/** Who was active on a day, as it is kept: `null` for more than some 90,000, who are counted by their visits then. */
export const peopleText = (people: readonly number[] | null): string => {
  const text = JSON.stringify(people)
  return text.length > MOST_CHARACTERS ? 'null' : text
}
