import { scriptTag } from '../../../../shared/scriptTag'
import { about, cardsQuestion } from '../../questions'
import { setupPanel } from '../components/setupPanel'
import { PAGE } from '../state/page'
import { ACTIVITY_METRICS } from './activityMetrics'

const persistentTag = (): string =>
  scriptTag(location.origin, PAGE.site?.domain ?? '').replace('></script>', ' data-id="persistent"></script>')

/** The steps to the persistent ids that retention needs. */
export const retentionSetup = setupPanel({
  intro:
    'Retention follows visitors across days, so it needs an ID that lasts longer than a day. Without one, each visitor is counted once per day.',
  questions: view => [cardsQuestion(ACTIVITY_METRICS, view), { ...about(view), metrics: ['pageviews'] }],
  replaces: ['retention', 'features'],
  steps: ([activity, views]) => {
    const needsId = activity?.rows[0]?.metrics.mau?.status === 'needs_identity'
    if (!needsId || !views?.rows[0]?.metrics.pageviews?.value) return null
    return [
      { text: 'Page views', isDone: true },
      { text: 'Signed-in users', isDone: false, code: "footfall('identify', { user_id: 'u_42' })" },
      { text: 'Or persistent IDs, with consent', isDone: false, code: persistentTag() },
      { text: 'Feature use', isDone: false, code: "footfall('feature_used', { feature: 'Export' })" },
    ]
  },
})
