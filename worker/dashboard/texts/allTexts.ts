import { addTexts } from './add'
import { aiTexts } from './ai'
import { cartTexts } from './cart'
import { clientFrameTexts } from './clientFrame'
import { coverageTexts } from './coverage'
import { excludedTexts } from './excluded'
import { feedbackTexts } from './feedback'
import { frameTexts } from './frame'
import { goalsTexts } from './goals'
import { growthTexts } from './growth'
import { importsTexts } from './imports'
import { metricsTexts } from './metrics'
import { nowTexts } from './now'
import { onboardingTexts } from './onboarding'
import { overviewTexts } from './overview'
import { passkeyTexts } from './passkey'
import { settingsTexts } from './settings'
import { sitesTexts } from './sites'
import { speedTexts } from './speed'
import { tagTexts } from './tag'
import { usersTexts } from './users'

/** The texts of every page, by the name of their file. */
export const ALL_TEXTS = {
  add: addTexts,
  ai: aiTexts,
  cart: cartTexts,
  clientFrame: clientFrameTexts,
  coverage: coverageTexts,
  excluded: excludedTexts,
  feedback: feedbackTexts,
  frame: frameTexts,
  goals: goalsTexts,
  growth: growthTexts,
  imports: importsTexts,
  metrics: metricsTexts,
  now: nowTexts,
  onboarding: onboardingTexts,
  overview: overviewTexts,
  passkey: passkeyTexts,
  settings: settingsTexts,
  sites: sitesTexts,
  speed: speedTexts,
  tag: tagTexts,
  users: usersTexts,
}
