import type { Fact } from './fact.ts'

/** The answers to one kind of question that count, given in time order: each person's last in each survey. */
export const answersThatCount = (facts: readonly Fact[], kind: 'nps' | 'csat'): Fact[] => {
  const answers = facts.filter(({ event }) => event.name === 'survey_response' && event.properties?.kind === kind)
  const keyOf = ({ person, event }: Fact) => JSON.stringify([person, event.properties?.survey_id ?? ''])
  return [...Map.groupBy(answers, keyOf).values()].map(own => own.at(-1) as Fact)
}

export const scoreOf = ({ event }: Fact): number => Number(event.properties?.score)
