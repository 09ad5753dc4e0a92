import { fill } from '../../../texts/fill'
import { LOCALE } from '../../../texts/locale'
import { settingsTexts } from '../../../texts/settings'
import { announce } from '../../components/announce'
import { copyLine } from '../../components/copyLine'
import { emptyState } from '../../components/emptyState'
import { errorState } from '../../components/errorState'
import { find } from '../../components/find'
import { h } from '../../components/h'
import type { Mount } from '../../components/panel'
import { table } from '../../components/table'
import { call } from '../../state/call'
import { clearProblem, showProblem } from './problem'
import { removeButton } from './removeButton'
import { send, sitePath } from './send'

interface Key {
  readonly id: string
  readonly name: string
  readonly scope: 'read' | 'write' | 'export'
  /** ISO 8601. */
  readonly created: string
  /** ISO 8601, `null` for never. */
  readonly expires: string | null
}

const texts = settingsTexts.keys

const dates = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium' })

const list = (keys: readonly Key[], reload: () => void): HTMLElement =>
  keys.length === 0
    ? emptyState(texts.none)
    : table(
        settingsTexts.panels.keys,
        [texts.name, texts.permission, texts.created, texts.expires, settingsTexts.removal.remove].map(text => ({
          text,
        })),
        keys.map(key => [
          h('bdi', {}, key.name),
          texts[key.scope],
          dates.format(new Date(key.created)),
          key.expires === null ? '–' : dates.format(new Date(key.expires)),
          removeButton(fill(settingsTexts.removal.key, { name: key.name }), sitePath(`/keys/${key.id}`), reload),
        ]),
      )

const loadInto = async (body: HTMLElement): Promise<void> => {
  const reload = (): void => void loadInto(body)
  try {
    const { keys } = (await (await call(sitePath('/keys'))).json()) as { keys: readonly Key[] }
    body.replaceChildren(list(keys, reload))
  } catch (error) {
    body.replaceChildren(errorState(error, reload))
  }
}

/** The key to create. It expires at the end of its last day in the reader's time zone. */
const keyIn = (form: HTMLFormElement): Record<string, unknown> => {
  const { expires, ...rest } = Object.fromEntries(new FormData(form))
  return expires ? { ...rest, expires: new Date(`${expires}T23:59:59`).toISOString() } : rest
}

/** Lists and creates API keys. The secret of a new key is shown once. */
export const keysForm: Mount = section => {
  const form = find<HTMLFormElement>('form', section)
  const secret = find('[data-secret]', form)
  const body = find('[data-body]', section)
  void loadInto(body)
  form.addEventListener('submit', async event => {
    event.preventDefault()
    clearProblem(form)
    secret.replaceChildren()
    try {
      const made = await send('POST', sitePath('/keys'), keyIn(form))
      const { key, name } = (await made.json()) as { key: string; name: string }
      form.reset()
      secret.replaceChildren(h('p', {}, fill(texts.copyNow, { name })), copyLine(key, texts.key))
      announce(texts.createdKey)
      await loadInto(body)
    } catch (error) {
      showProblem(form, error)
    }
  })
}
