import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'
import { growthTexts } from '../../texts/growth'
import { announce } from '../components/announce'
import { find } from '../components/find'
import { h } from '../components/h'
import type { Mount } from '../components/panel'
import { table } from '../components/table'
import { number } from '../format/number'
import { ApiError } from '../state/apiError'
import { PAGE } from '../state/page'

const { costs } = growthTexts

interface Remark {
  readonly line: number
  readonly message: string
}

/** What the API says of a file. */
interface Result {
  readonly accepted?: number
  readonly replaced?: number
  readonly refused?: readonly Remark[]
  readonly error?: { readonly code: string; readonly message: string }
}

/** Rejected lines that are listed. */
const MOST = 50

/** Not `call`, which knows nothing of the rejected lines beside an error. */
const send = async (text: string, isPartial: boolean): Promise<Result> => {
  const site = encodeURIComponent(PAGE.site?.domain ?? '')
  const path = `/api/v1/imports/costs?site=${site}${isPartial ? '&partial=true' : ''}`
  const init = { method: 'POST', headers: { 'content-type': 'text/csv' }, body: text }
  const response = await fetch(path, init).catch(() => null)
  if (response?.status === 401) location.reload()
  const result = (await response?.json().catch(() => null)) as Result | null
  if (!result) throw new ApiError('unreachable', clientFrameTexts.errors.unreachable)
  return result
}

const refusedTable = (refused: readonly Remark[]): HTMLElement => {
  const heads = [{ text: costs.line }, { text: costs.problem }]
  return table(
    costs.rejectedTable,
    heads,
    refused.slice(0, MOST).map(({ line, message }) => [number(line), message]),
  )
}

const outcomeText = ({ accepted = 0, replaced = 0, refused = [], error }: Result): string => {
  const count = refused.length
  if (error) return error.code === 'bad_rows' ? fill(costs.nothingStored, { count }) : error.message
  const stored = fill(costs.stored, { count: accepted, replaced })
  return [stored, ...(count === 0 ? [] : [fill(costs.rejected, { count })]), costs.reload].join(' ')
}

class Upload {
  readonly #form: HTMLFormElement
  readonly #body: HTMLElement
  readonly #problem: HTMLElement
  readonly #file: HTMLInputElement

  constructor(section: HTMLElement, form: HTMLFormElement) {
    this.#form = form
    this.#body = find('[data-body]', section)
    this.#problem = find('.problem', form)
    this.#file = find('[name=file]', form)
    this.#file.addEventListener('change', () => void this.#preview())
    form.addEventListener('submit', event => event.preventDefault())
    form.addEventListener('dragover', event => {
      event.preventDefault()
      form.classList.add('over')
    })
    form.addEventListener('dragleave', () => form.classList.remove('over'))
    form.addEventListener('drop', event => this.#drop(event))
  }

  #drop(event: DragEvent): void {
    event.preventDefault()
    this.#form.classList.remove('over')
    const files = event.dataTransfer?.files
    if (!files?.length) return
    this.#file.files = files
    void this.#preview()
  }

  async #preview(): Promise<void> {
    this.#problem.textContent = ''
    const [file] = this.#file.files ?? []
    if (!file) return this.#body.replaceChildren()
    const text = await file.text()
    const { previewCsv } = await import('../imports/previewCsv')
    const { header, rows, count } = previewCsv(text)
    if (count === 0) {
      this.#body.replaceChildren()
      this.#problem.textContent = costs.noRows
      return
    }
    const heads = header.map(name => ({ text: name }))
    this.#body.replaceChildren(
      table(fill(costs.preview, { file: file.name }), heads, rows),
      h('p', { class: 'note' }, fill(costs.rows, { count, file: file.name })),
      this.#button(fill(costs.upload, { count }), text, false),
    )
  }

  #button(name: string, text: string, isPartial: boolean): HTMLElement {
    const button = h('button', { type: 'button', onclick: () => void this.#upload(button, text, isPartial) }, name)
    return button
  }

  async #upload(button: HTMLButtonElement, text: string, isPartial: boolean): Promise<void> {
    button.disabled = true
    this.#problem.textContent = ''
    try {
      this.#show(await send(text, isPartial), text)
    } catch (error) {
      button.disabled = false
      if (!(error instanceof ApiError)) throw error
      this.#problem.textContent = error.message
    }
  }

  #show(result: Result, text: string): void {
    const { refused = [], error } = result
    const more = refused.length > MOST && h('p', { class: 'note' }, fill(costs.first, { count: MOST }))
    const children = [
      h('p', { role: 'status', class: error ? 'wrong' : false, tabindex: -1 }, outcomeText(result)),
      refused.length > 0 && refusedTable(refused),
      more,
      error?.code === 'bad_rows' && this.#button(costs.storeValid, text, true),
    ]
    this.#body.replaceChildren(...children.filter(child => child !== false))
    find<HTMLElement>('[role=status]', this.#body).focus()
    announce(outcomeText(result))
  }
}

/** Marketing costs from a file, which the owner sees before they are stored. */
export const costUpload: Mount = section => {
  const form = section.querySelector('form')
  if (form) new Upload(section, form)
}
