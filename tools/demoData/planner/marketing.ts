import { ARTICLE, FORM, glanced, LANDING } from '../pageTypes.ts'
import type { Visit } from '../visit.ts'
import { POSTS } from './world.ts'

/** How a visit to the public pages ended. */
export type MarketingOutcome = 'left' | 'lead' | 'signed_up'

const DEVICE_INTENT = { mobile: 0.55, tablet: 0.8, desktop: 1.25 } as const

const land = (visit: Visit, isGlance: boolean): void => {
  const { dice } = visit
  const page = dice.weighted([
    ['/', 46],
    ['post', 30],
    ['/features', 12],
    ['/pricing', 12],
  ])
  if (page === 'post') visit.view(dice.weighted(POSTS), isGlance ? glanced(ARTICLE) : ARTICLE)
  else visit.view(page, isGlance ? glanced(LANDING) : LANDING)
}

const requestDemo = (visit: Visit): MarketingOutcome => {
  visit.view('/teams', LANDING).view('/teams/demo', FORM).click('generate_lead', { form: 'demo' }, 35)
  return 'lead'
}

/**
 * One visit to the public pages.
 * @param interest how interested the visitor is, with 1 for the average
 */
export const readAbout = (visit: Visit, interest: number): MarketingOutcome => {
  const { dice, person } = visit
  const leaves = dice.chance(0.5 / interest ** 0.4)
  land(visit, leaves && dice.chance(0.75))
  if (leaves) return 'left'
  if (dice.chance(0.6)) visit.view('/features', LANDING)
  if (dice.chance(0.15)) visit.view(dice.weighted(POSTS), ARTICLE)
  if (dice.chance(0.09)) visit.view('/docs/import-gpx', ARTICLE)
  if (dice.chance(0.04))
    visit.click('file_download', { file_name: 'sample-tour.gpx', file_extension: 'gpx', link_text: 'Sample tour' })
  const drive = interest * DEVICE_INTENT[person.device]
  if (dice.chance(0.025 * drive)) return requestDemo(visit)
  if (dice.chance(0.55)) visit.view('/pricing', LANDING)
  if (!dice.chance(0.16 * drive)) return 'left'
  visit.view('/sign-up', FORM)
  return dice.chance(0.72) ? 'signed_up' : 'left'
}
