import { ARTICLE, FORM, glanced, LANDING } from '../pageTypes.ts'
import type { DemoSession } from '../session.ts'
import { POSTS } from './world.ts'

/** How a session to the public pages ended. */
export type MarketingOutcome = 'left' | 'lead' | 'signed_up'

const DEVICE_INTENT = { mobile: 0.55, tablet: 0.8, desktop: 1.25 } as const

const land = (session: DemoSession, isGlance: boolean): void => {
  const { dice } = session
  const page = dice.weighted([
    ['/', 46],
    ['post', 30],
    ['/features', 12],
    ['/pricing', 12],
  ])
  if (page === 'post') session.view(dice.weighted(POSTS), isGlance ? glanced(ARTICLE) : ARTICLE)
  else session.view(page, isGlance ? glanced(LANDING) : LANDING)
}

const requestDemo = (session: DemoSession): MarketingOutcome => {
  session.view('/teams', LANDING).view('/teams/demo', FORM).click('generate_lead', { form: 'demo' }, 35)
  return 'lead'
}

/**
 * One session to the public pages.
 * @param interest how interested the visitor is, with 1 for the average
 */
export const readAbout = (session: DemoSession, interest: number): MarketingOutcome => {
  const { dice, person } = session
  const leaves = dice.chance(0.5 / interest ** 0.4)
  land(session, leaves && dice.chance(0.75))
  if (leaves) return 'left'
  if (dice.chance(0.6)) session.view('/features', LANDING)
  if (dice.chance(0.15)) session.view(dice.weighted(POSTS), ARTICLE)
  if (dice.chance(0.09)) session.view('/docs/import-gpx', ARTICLE)
  if (dice.chance(0.04))
    session.click('file_download', {
      link_url: 'https://planner.example/sample-tour.gpx',
      file_name: 'sample-tour.gpx',
      file_extension: 'gpx',
      link_text: 'Sample tour',
    })
  const drive = interest * DEVICE_INTENT[person.device]
  if (dice.chance(0.025 * drive)) return requestDemo(session)
  if (dice.chance(0.55)) session.view('/pricing', LANDING)
  if (!dice.chance(0.16 * drive)) return 'left'
  session.view('/sign-up', FORM)
  return dice.chance(0.72) ? 'signed_up' : 'left'
}
