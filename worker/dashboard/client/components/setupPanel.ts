import type { Answer } from '../../../../shared/question'
import type { View } from '../../address'
import type { MetricQuestion } from '../../questions'
import { checklist, type Step } from './checklist'
import { find } from './find'
import type { Mount } from './panel'
import { queryPanel } from './queryPanel'
import { refill } from './refill'

interface Setup {
  readonly intro: string
  /** Questions that the page's other panels ask too, which are sent once. */
  questions(view: View): readonly MetricQuestion[]
  /** The steps; `null` if the panels below lack nothing, or if that is unknown. */
  steps(answers: readonly Answer[], view: View): readonly Step[] | null
  /** The panels that would have nothing to show. */
  readonly replaces: readonly string[]
}

/** A checklist in place of panels whose events have not arrived. It is hidden otherwise, and with filters. */
export const setupPanel =
  ({ intro, questions, steps, replaces }: Setup): Mount =>
  section => {
    const show = (list: readonly Step[] | null): void => {
      section.hidden = list === null
      for (const id of replaces) find(`#${id}`).hidden = list !== null
    }
    queryPanel({
      questions,
      draw: (body, answers, view) => {
        const list = view.filters.length > 0 || view.segment !== '' ? null : steps(answers, view)
        show(list)
        if (list) refill(body, ...checklist(intro, list, view))
      },
    })(section)
  }
