import type { Visit } from './visit.ts'
import { FEATURES, GUIDE_STEPS, STORIES } from './world.ts'

/** One look, and gone. */
export const glance = (visit: Visit): void => {
  visit.look(visit.dice.pick(['/', '/products', '/product/mug', ...STORIES]), 9)
}

/** Reads a story or three. */
export const read = (visit: Visit): void => {
  const { dice } = visit
  for (let stories = dice.whole(1, 3); stories > 0; stories--) visit.look(dice.pick(STORIES), 75)
  if (dice.chance(0.18)) visit.act('file_download', { file_name: 'packing-list.pdf', file_extension: 'pdf' })
  if (dice.chance(0.1))
    visit.act('outbound_click', { link_url: 'https://hikers.example/', link_domain: 'hikers.example' })
  if (dice.chance(0.12)) visit.act('generate_lead', {}, 30)
}

/** The guide shows itself when the planner is opened for the first time; not everybody sees it through. */
const beGuided = (visit: Visit): void => {
  const { dice } = visit
  const guide = { guide_id: 'welcome', step_count: GUIDE_STEPS }
  for (let step = 1; step <= GUIDE_STEPS; step++) {
    visit.act('guide_step', { ...guide, step, interactive: false }, step === 1 ? 2 : 22)
    if (dice.chance(step === 3 ? 0.16 : 0.07)) {
      if (dice.chance(0.6)) visit.act('guide_dismiss', guide, 5)
      return
    }
  }
  visit.act('guide_complete', guide, 8)
}

const answerSurvey = (visit: Visit): void => {
  const { dice } = visit
  const nps = dice.pick([10, 9, 9, 8, 8, 7, 10, 6, 5, 3])
  visit.act('survey_response', { survey_id: 'autumn', kind: 'nps', score: nps }, 15)
  visit.act('survey_response', { survey_id: 'autumn', kind: 'csat', score: dice.pick([5, 5, 4, 4, 4, 3, 2]) }, 8)
}

/** Looks at the planner, and perhaps signs up and begins a trial. */
export const consider = (visit: Visit, user: string): boolean => {
  const { dice } = visit
  visit.look('/planner', 45)
  if (!dice.chance(0.75)) return false
  visit.look('/pricing', 35)
  if (!dice.chance(0.6)) return false
  visit.look('/sign-up', 40)
  visit.identify(user)
  visit.act('sign_up', { method: 'email' }, 20)
  visit.look('/app', 60)
  beGuided(visit)
  if (dice.chance(0.3)) visit.act('project_created', { kind: 'route' }, 40)
  if (dice.chance(0.7)) visit.act('trial_start', { plan: 'planner' }, 5)
  return true
}

/** Uses the planner. */
export const plan = (visit: Visit): void => {
  const { dice } = visit
  visit.look('/app', 90).act('login')
  if (dice.chance(0.24)) visit.look('/app/routes', 150).act('project_created', { kind: 'route' }, 30)
  for (const feature of FEATURES) {
    if (dice.chance(feature === 'export' ? 0.45 : 0.25)) visit.act('feature_used', { feature }, 25)
  }
  if (dice.chance(0.3)) answerSurvey(visit)
  if (dice.chance(0.08)) visit.act('chat_opened', {}, 20)
}
