import { addTexts } from './add.ts'
import { aiTexts } from './ai.ts'
import { cartTexts } from './cart.ts'
import { clientFrameTexts } from './clientFrame.ts'
import { coverageTexts } from './coverage.ts'
import { excludedTexts } from './excluded.ts'
import { feedbackTexts } from './feedback.ts'
import { frameTexts } from './frame.ts'
import { goalsTexts } from './goals.ts'
import { growthTexts } from './growth.ts'
import { importsTexts } from './imports.ts'
import { inviteTexts } from './invite.ts'
import { metricsTexts } from './metrics.ts'
import { nowTexts } from './now.ts'
import { onboardingTexts } from './onboarding.ts'
import { overviewTexts } from './overview.ts'
import { passkeyTexts } from './passkey.ts'
import { settingsTexts } from './settings.ts'
import { shareTexts } from './share.ts'
import { signInTexts } from './signIn.ts'
import { sitesTexts } from './sites.ts'
import { speedTexts } from './speed.ts'
import { tagTexts } from './tag.ts'
import { usersTexts } from './users.ts'

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
  invite: inviteTexts,
  metrics: metricsTexts,
  now: nowTexts,
  onboarding: onboardingTexts,
  overview: overviewTexts,
  passkey: passkeyTexts,
  settings: settingsTexts,
  share: shareTexts,
  signIn: signInTexts,
  sites: sitesTexts,
  speed: speedTexts,
  tag: tagTexts,
  users: usersTexts,
}
