import { fill } from '../../../texts/fill'
import { settingsTexts } from '../../../texts/settings'
import { announce } from '../../components/announce'
import { copyLine } from '../../components/copyLine'
import { saveFile } from '../../components/download'
import { find } from '../../components/find'
import type { Mount } from '../../components/panel'
import { ApiError } from '../../state/apiError'
import { call } from '../../state/call'
import { PAGE } from '../../state/page'
import { today } from '../../state/today'
import { clearProblem, showProblem } from './problem'
import { sitePath } from './send'

const texts = settingsTexts.exports

type Chosen = Readonly<Record<'table' | 'format' | 'from' | 'to', string>>

const chosenIn = (form: HTMLFormElement): Chosen => Object.fromEntries(new FormData(form)) as unknown as Chosen

const pathOf = ({ table, format, from, to }: Chosen): string =>
  sitePath(`/export/${table}?format=${format}&period=${from},${to}`)

/** The address of the rows that follow an answer; `null` after the last one. */
const nextOf = (response: Response): string | null =>
  /<([^>]+)>; rel="next"/.exec(response.headers.get('link') ?? '')?.[1] ?? null

const BROKEN = new ApiError('broken', texts.broken)

/** Saves all rows. Where Cloudflare's plan limits an answer, each part is a file of its own. */
const saveAll = async (chosen: Chosen): Promise<number> => {
  const { table, format, from, to } = chosen
  let next: string | null = pathOf(chosen)
  let parts = 0
  while (next !== null) {
    const response: Response = await call(next)
    const rows = await response.blob().catch(() => {
      throw BROKEN
    })
    parts++
    const part = parts > 1 ? `_${parts}` : ''
    saveFile(`${table}_${PAGE.site?.domain}_${from}_${to}${part}.${format}`, rows)
    next = nextOf(response)
  }
  return parts
}

/** Downloads rows with the reader's session, and says how a program gets them with a key. */
export const exportForm: Mount = section => {
  const form = find<HTMLFormElement>('form', section)
  const body = find('[data-body]', section)
  for (const name of ['from', 'to']) find<HTMLInputElement>(`[name=${name}]`, form).value = today()
  const showCommand = (): void => {
    const { format } = chosenIn(form)
    const command = `curl -H "Authorization: Bearer $FOOTFALL_KEY" "${location.origin}${pathOf(chosenIn(form))}" -o rows.${format}`
    find('[data-command]', form).replaceChildren(copyLine(command, texts.command))
  }
  showCommand()
  form.addEventListener('input', showCommand)
  form.addEventListener('submit', async event => {
    event.preventDefault()
    clearProblem(form)
    const button = find<HTMLButtonElement>('button[type=submit]', form)
    button.disabled = true
    body.textContent = texts.running
    try {
      const parts = await saveAll(chosenIn(form))
      body.textContent = fill(texts.done, { count: parts })
      announce(body.textContent)
    } catch (error) {
      body.textContent = ''
      showProblem(form, error)
    } finally {
      button.disabled = false
    }
  })
}
