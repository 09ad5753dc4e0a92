import { scriptTag } from '../../../../shared/scriptTag'
import { about, cardsQuestion } from '../../questions'
import { setupPanel } from '../components/setupPanel'
import { PAGE } from '../state/page'
import { ACTIVITY_METRICS } from './activityMetrics'

const persistentTag = (): string =>
  scriptTag(location.origin, PAGE.site?.domain ?? '').replace('></script>', ' data-id="persistent"></script>')

/** What retention needs: an id that lasts longer than a day. */
export const retentionSetup = setupPanel({
  intro:
    'Retention compares days, so it needs an ID that lasts longer than one. Until then, visitors count once a day.',
  questions: view => [cardsQuestion(ACTIVITY_METRICS, view), { ...about(view), metrics: ['pageviews'] }],
  replaces: ['retention', 'features'],
  steps: ([activity, views]) => {
    const needsId = activity?.rows[0]?.metrics.mau?.status === 'needs_identity'
    if (!needsId || !views?.rows[0]?.metrics.pageviews?.value) return null
    return [
      { text: 'Page views', isDone: true },
      { text: 'Users who sign in', isDone: false, code: "footfall('identify', { user_id: 'u_42' })" },
      { text: 'Or persistent IDs, with consent', isDone: false, code: persistentTag() },
      { text: 'Features used', isDone: false, code: "footfall('feature_used', { feature: 'Export' })" },
    ]
  },
})
