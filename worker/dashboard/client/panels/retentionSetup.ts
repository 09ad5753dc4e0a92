import { scriptTag } from '../../../../shared/scriptTag'
import { about, cardsQuestion } from '../../questions'
import { usersTexts } from '../../texts/users'
import { setupPanel } from '../components/setupPanel'
import { PAGE } from '../state/page'
import { ACTIVITY_METRICS, ofWeekOne } from './activityMetrics'

const { setup: texts } = usersTexts

const persistentTag = (): string =>
  scriptTag(location.origin, PAGE.site?.domain ?? '').replace('></script>', ' data-id="persistent"></script>')

/** The steps to the persistent ids that retention needs. */
export const retentionSetup = setupPanel({
  intro: texts.intro,
  questions: view => [ofWeekOne(cardsQuestion(ACTIVITY_METRICS, view)), { ...about(view), metrics: ['pageviews'] }],
  replaces: ['retention', 'features'],
  steps: ([activity, views]) => {
    const needsId = activity?.rows[0]?.metrics.mau?.status === 'needs_identity'
    if (!needsId || !views?.rows[0]?.metrics.pageviews?.value) return null
    return [
      { text: texts.pageViews, isDone: true },
      { text: texts.signedIn, isDone: false, code: "footfall('identify', { user_id: 'u_42' })" },
      { text: texts.persistent, isDone: false, code: persistentTag() },
      { text: texts.features, isDone: false, code: "footfall('feature_used', { feature: 'Export' })" },
    ]
  },
})
