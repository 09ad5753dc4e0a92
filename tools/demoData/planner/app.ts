import { APP, FORM } from '../pageTypes.ts'
import type { DemoSession } from '../session.ts'
import { MAPS_TOUR, showGuide } from './guides.ts'
import { FEATURES } from './world.ts'

/** The event that shows a user got value from the planner. */
export const VALUE_EVENT = 'route_created'

const USE: Readonly<Record<(typeof FEATURES)[number], number>> = {
  export: 0.3,
  share: 0.17,
  offline_maps: 0.12,
  elevation_profile: 0.24,
}

/** Earlier actions of a user in the app. */
export interface Experience {
  /** Has a tour to plan, and will create a route sooner or later. */
  isActive: boolean
  /** Created a route, so that there is one to work with. */
  hasRoutes: boolean
  hasSeenMap: boolean
}

export const createRoute = (session: DemoSession, experience: Experience): void => {
  experience.hasRoutes = true
  session
    .view('/app/routes/new', APP)
    .click(VALUE_EVENT, { kind: session.dice.pick(['hike', 'hike', 'bike', 'ski']) }, 60)
}

/** Opens the map, where a tour waits for those who have not seen it. */
const openMap = (session: DemoSession, isFirst: boolean): void => {
  session.view('/app/map', APP)
  if (isFirst && session.dice.chance(0.8)) showGuide(session, MAPS_TOUR)
}

const useFeatures = (session: DemoSession): void => {
  for (const feature of FEATURES) if (session.dice.chance(USE[feature])) session.click('feature_used', { feature }, 20)
}

/** What users say who give a score. */
const COMMENTS: Readonly<Record<number, string>> = {
  10: 'Planning a trip takes minutes now.',
  8: 'Good, but I would like offline maps.',
  5: 'The import lost my photos.',
  2: 'Too slow on my phone.',
}

const answerSurvey = (session: DemoSession): void => {
  const { dice } = session
  const survey = { survey_id: 'in-app' }
  const nps = dice.pick([10, 10, 9, 9, 9, 8, 8, 8, 7, 7, 6, 5, 4, 2])
  session.click(
    'survey_response',
    { ...survey, kind: 'nps', score: nps, ...(COMMENTS[nps] && { comment: COMMENTS[nps] }) },
    9,
  )
  if (dice.chance(0.8))
    session.click(
      'survey_response',
      { ...survey, kind: 'csat', score: dice.pick([5, 5, 5, 4, 4, 4, 4, 3, 3, 2, 1]) },
      6,
    )
}

/**
 * One session in the app.
 * @param mayAnswer whether the app may ask for feedback
 * @returns whether the user gave feedback
 */
export const useApp = (session: DemoSession, experience: Experience, mayAnswer: boolean): boolean => {
  const { dice } = session
  session.view('/app', APP)
  if (dice.chance(0.35)) session.click('login', { method: 'email' }, 8)
  if (experience.hasRoutes && dice.chance(0.7)) session.view('/app/routes', APP)
  if (experience.isActive && dice.chance(experience.hasRoutes ? 0.3 : 0.85)) createRoute(session, experience)
  if (dice.chance(0.45)) {
    openMap(session, !experience.hasSeenMap)
    experience.hasSeenMap = true
  }
  if (experience.hasRoutes) useFeatures(session)
  if (dice.chance(0.06)) session.view('/app/settings', FORM)
  if (dice.chance(0.03)) session.click('chat_opened', {}, 20)
  const answers = mayAnswer && dice.chance(0.12)
  if (answers) answerSurvey(session)
  return answers
}
