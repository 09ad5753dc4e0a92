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
import { PAGE } from '../../state/page'
import { clearProblem, showProblem } from './problem'
import { removeButton } from './removeButton'
import { send, sitePath } from './send'

interface ShareLink {
  readonly id: string
  readonly name: string
  /** Ids; absent from a link that answers a query for spreadsheets. */
  readonly pages?: readonly string[]
  readonly filters?: readonly unknown[]
  readonly password?: boolean
  readonly embed_hosts?: readonly string[]
  /** ISO 8601, `null` for never. */
  readonly expires: string | null
}

const { removal, sharing: texts } = settingsTexts

const COLUMNS = [texts.name, texts.shows, texts.hasPassword, texts.embeddedIn, texts.expires, removal.remove]

/** A link expires with its last day in the time zone of the site. */
const lastDays = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeZone: PAGE.site?.timezone })

const titlesOf = (form: HTMLFormElement, pages: readonly string[]): string => {
  const boxes = [...form.querySelectorAll<HTMLInputElement>('[name=pages]')]
  const shown = boxes.filter(({ value }) => pages.includes(value))
  if (shown.length === boxes.length) return texts.allPages
  return shown.map(box => box.nextElementSibling?.textContent).join(', ')
}

const shownText = (form: HTMLFormElement, { pages, filters = [] }: ShareLink): string => {
  if (!pages) return texts.query
  const titles = titlesOf(form, pages)
  return filters.length > 0 ? fill(texts.filtered, { pages: titles }) : titles
}

const expiryText = ({ expires }: ShareLink): string => {
  if (expires === null) return '–'
  return Date.parse(expires) > Date.now() ? lastDays.format(Date.parse(expires) - 1) : texts.expired
}

const list = (form: HTMLFormElement, shares: readonly ShareLink[], reload: () => void): HTMLElement =>
  shares.length === 0
    ? emptyState(texts.none)
    : table(
        texts.list,
        COLUMNS.map(text => ({ text })),
        shares.map(share => [
          h('bdi', {}, share.name),
          shownText(form, share),
          share.password ? texts.yes : '–',
          share.embed_hosts?.join(', ') || '–',
          expiryText(share),
          removeButton(fill(removal.link, { name: share.name }), sitePath(`/shares/${share.id}`), reload),
        ]),
      )

const loadInto = async (form: HTMLFormElement, body: HTMLElement): Promise<void> => {
  const reload = (): void => void loadInto(form, body)
  try {
    const { shares } = (await (await call(sitePath('/shares'))).json()) as { shares: readonly ShareLink[] }
    body.replaceChildren(list(form, shares, reload))
  } catch (error) {
    body.replaceChildren(errorState(error, reload))
  }
}

const shareIn = (form: HTMLFormElement): Record<string, unknown> => {
  const data = new FormData(form)
  const textOf = (name: string): string => String(data.get(name) ?? '').trim()
  const hosts = textOf('embed_hosts').split(/[\s,]+/)
  return {
    name: textOf('name'),
    pages: data.getAll('pages'),
    ...(textOf('segment') && { filters: [['segment', textOf('segment')]] }),
    ...(data.get('password') && { password: data.get('password') }),
    ...(textOf('expires') && { expires: textOf('expires') }),
    embed_hosts: hosts.filter(host => host !== ''),
  }
}

/** Pages that no filter can narrow cannot be shared with a segment. */
const matchPages = (form: HTMLFormElement): void => {
  const hasSegment = find<HTMLSelectElement>('[name=segment]', form).value !== ''
  for (const box of form.querySelectorAll<HTMLInputElement>('[data-unfiltered]')) box.disabled = hasSegment
}

const linkLines = (url: string, isEmbeddable: boolean): readonly HTMLElement[] => [
  h('p', {}, texts.copyNow),
  copyLine(url, texts.link),
  ...(isEmbeddable
    ? [
        h('p', {}, texts.embed),
        copyLine(`<iframe src="${url}?embed=1" width="100%" height="900"></iframe>`, texts.embedCode),
      ]
    : []),
]

/** Lists share links and creates them. The address of a new link is shown once. */
export const shareForm: Mount = section => {
  const form = find<HTMLFormElement>('form', section)
  const link = find('[data-link]', form)
  const body = find('[data-body]', section)
  void loadInto(form, body)
  form.addEventListener('change', () => matchPages(form))
  form.addEventListener('submit', async event => {
    event.preventDefault()
    clearProblem(form)
    link.replaceChildren()
    try {
      const share = shareIn(form)
      const made = await send('POST', sitePath('/shares'), share)
      const { url } = (await made.json()) as { url: string }
      form.reset()
      matchPages(form)
      link.replaceChildren(...linkLines(url, (share.embed_hosts as readonly string[]).length > 0))
      announce(texts.created)
      await loadInto(form, body)
    } catch (error) {
      showProblem(form, error)
    }
  })
}
