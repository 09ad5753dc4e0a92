import { fill } from '../../../texts/fill'
import { settingsTexts } from '../../../texts/settings'
import { announce } from '../../components/announce'
import { copyLine } from '../../components/copyLine'
import { errorState } from '../../components/errorState'
import { find } from '../../components/find'
import type { Mount } from '../../components/panel'
import { call } from '../../state/call'
import { PAGE } from '../../state/page'
import { clearProblem, showProblem } from './problem'
import { send, sitePath } from './send'

const texts = settingsTexts.webhooks

interface Shown {
  readonly settings: { readonly webhook_secrets?: Readonly<Record<string, true>> }
}

const removeButtons = (form: HTMLFormElement) => form.querySelectorAll<HTMLElement>('[data-remove]')

const showStates = (form: HTMLFormElement, { settings: { webhook_secrets = {} } }: Shown): void => {
  for (const state of form.querySelectorAll<HTMLElement>('[data-state]')) {
    state.textContent = webhook_secrets[state.dataset.state ?? ''] ? texts.set : texts.notSet
  }
  for (const button of removeButtons(form)) button.hidden = !webhook_secrets[button.dataset.remove ?? '']
}

/** The secrets that were typed in: an empty field keeps the one that is set. */
const secretsIn = (fields: readonly HTMLInputElement[]): Record<string, string> =>
  Object.fromEntries(fields.flatMap(({ dataset, value }) => (value === '' ? [] : [[dataset.provider ?? '', value]])))

/** The addresses for webhooks, and the secrets of the providers, which are never shown. */
export const webhooksForm: Mount = section => {
  const form = find<HTMLFormElement>('form', section)
  const body = find('[data-body]', section)
  const fields = [...form.querySelectorAll<HTMLInputElement>('input')]
  for (const line of form.querySelectorAll<HTMLElement>('[data-address]')) {
    const { address = '', name = '' } = line.dataset
    line.replaceChildren(
      copyLine(`${location.origin}/hooks/${PAGE.site?.domain}/${address}`, fill(texts.address, { name })),
    )
  }
  const load = async (): Promise<void> => {
    try {
      showStates(form, (await (await call(sitePath())).json()) as Shown)
      body.replaceChildren()
    } catch (error) {
      body.replaceChildren(errorState(error, load))
    }
  }
  void load()
  const change = async (webhook_secrets: Readonly<Record<string, string | null>>, done: string): Promise<void> => {
    clearProblem(form)
    try {
      const answer = await send('PATCH', sitePath(), { settings: { webhook_secrets } })
      showStates(form, (await answer.json()) as Shown)
      form.reset()
      body.textContent = done
      announce(done)
    } catch (error) {
      showProblem(form, error)
    }
  }
  form.addEventListener('submit', event => {
    event.preventDefault()
    void change(secretsIn(fields), settingsTexts.form.saved)
  })
  for (const button of removeButtons(form)) {
    button.addEventListener('click', () => void change({ [button.dataset.remove ?? '']: null }, texts.removed))
  }
}
