import { type TrafficVerdict, VERDICTS } from '../../../../shared/verdicts'
import { clientFrameTexts } from '../../texts/clientFrame'
import { excludedTexts } from '../../texts/excluded'
import { fill } from '../../texts/fill'
import { announce } from '../components/announce'
import { h } from '../components/h'
import { VERDICT_TEXTS } from '../format/verdictTexts'
import { ApiError } from '../state/apiError'
import { send, sitePath } from './settings/send'

const { filters: texts } = excludedTexts

interface Step {
  readonly counted: number
  readonly excluded: number
  readonly next: unknown
}

/** Applies the settings to the past, step by step; how many page views and events changed. */
const applyToPast = async (): Promise<Omit<Step, 'next'>> => {
  let [counted, excluded] = [0, 0]
  let cursor: unknown = null
  do {
    const step: Step = await (await send('POST', sitePath('/excluded/apply'), { cursor })).json()
    counted += step.counted
    excluded += step.excluded
    cursor = step.next
  } while (cursor !== null)
  return { counted, excluded }
}

const box = (verdict: TrafficVerdict, isExcluded: boolean): HTMLElement =>
  h(
    'label',
    { class: 'check' },
    h('input', { type: 'checkbox', name: verdict, checked: isExcluded }),
    h('span', {}, VERDICT_TEXTS[verdict]),
  )

const save = async (form: HTMLFormElement): Promise<string> => {
  const chosen = new FormData(form)
  const excluded_verdicts = VERDICTS.filter(verdict => chosen.has(verdict))
  await send('PATCH', sitePath(), { settings: { excluded_verdicts } })
  const { counted, excluded } = await applyToPast()
  return fill(texts.applied, { counted, excluded })
}

/**
 * Chooses what is excluded, and applies that and the traffic filters to the past.
 * @param done is called when what is kept has changed
 */
export const verdictForm = (excluded: readonly TrafficVerdict[], done: () => void): HTMLElement => {
  const status = h('p', { class: 'note', role: 'status' })
  const button = h('button', { type: 'submit' }, texts.apply)
  const submit = async (event: Event): Promise<void> => {
    event.preventDefault()
    button.setAttribute('disabled', '')
    status.textContent = texts.applying
    try {
      const text = await save(event.currentTarget as HTMLFormElement)
      announce(text)
      done()
    } catch (error) {
      status.textContent = error instanceof ApiError ? error.message : clientFrameTexts.errors.failedOnce
      button.removeAttribute('disabled')
    }
  }
  return h(
    'form',
    { class: 'verdicts', onsubmit: submit },
    h(
      'fieldset',
      {},
      h('legend', {}, texts.exclude),
      ...VERDICTS.map(verdict => box(verdict, excluded.includes(verdict))),
    ),
    h('p', { class: 'note' }, texts.warning),
    button,
    status,
  )
}
