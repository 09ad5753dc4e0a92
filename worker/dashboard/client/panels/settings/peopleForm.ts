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
import { choiceField } from './choiceField'
import { clearProblem, showProblem } from './problem'
import { removeButton } from './removeButton'
import { send } from './send'

const PEOPLE = '/api/v1/people'

interface Person {
  readonly id: string
  readonly name: string
  readonly role: string
  readonly sites: readonly string[] | '*'
  /** Whether an email address was given. */
  readonly email: boolean
  readonly passkeys: number
  /** ISO 8601, `null` once the invite was used. */
  readonly invited: string | null
}

const { viewer, editor, owner, ...texts } = settingsTexts.people
const ROLES = { viewer, editor, owner }

const dates = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium' })

const signInText = ({ passkeys, invited, email }: Person): string => {
  if (passkeys > 0) return texts.passkey
  if (email) return texts.email
  const until = invited === null ? 0 : Date.parse(invited)
  return until > Date.now() ? fill(texts.invitedUntil, { day: dates.format(until) }) : texts.inviteExpired
}

const roleSelect = ({ id, name, role }: Person, reload: () => void): HTMLSelectElement => {
  const select = choiceField('role', fill(texts.roleOf, { name }), ROLES, role)
  select.addEventListener('change', async () => {
    try {
      await send('PATCH', `${PEOPLE}/${id}`, { role: select.value })
      announce(fill(texts.roleChanged, { name }))
    } catch (error) {
      select.replaceWith(errorState(error, reload))
    }
  })
  return select
}

const linkLines = (name: string, invite: string): readonly HTMLElement[] => [
  h('p', {}, fill(texts.sendLink, { name })),
  copyLine(invite, texts.link),
]

/** For a lost passkey, or for another device. The link replaces the button. */
const inviteButton = ({ id, name }: Person): HTMLElement => {
  const button = h('button', { type: 'button', 'aria-label': fill(texts.newInviteFor, { name }) }, texts.newInvite)
  const place = h('div', {}, button)
  const make = async (): Promise<void> => {
    try {
      const made = await send('POST', `${PEOPLE}/${id}/invite`)
      const { invite } = (await made.json()) as { invite: string }
      place.replaceChildren(...linkLines(name, invite))
      announce(texts.created)
    } catch (error) {
      place.replaceChildren(errorState(error, () => void make()))
    }
  }
  button.addEventListener('click', () => void make())
  return place
}

const COLUMNS = [texts.name, texts.role, texts.sites, texts.signsInWith, texts.invite, settingsTexts.removal.remove]

const list = (people: readonly Person[], reload: () => void): HTMLElement =>
  people.length === 0
    ? emptyState(texts.none)
    : table(
        settingsTexts.panels.people,
        COLUMNS.map(text => ({ text })),
        people.map(person => [
          h('bdi', {}, person.name),
          roleSelect(person, reload),
          person.sites === '*' ? texts.allSites : person.sites.join(', ') || '–',
          signInText(person),
          inviteButton(person),
          removeButton(person.name, `${PEOPLE}/${person.id}`, reload),
        ]),
      )

const loadInto = async (body: HTMLElement): Promise<void> => {
  const reload = (): void => void loadInto(body)
  try {
    const { people } = (await (await call(PEOPLE)).json()) as { people: readonly Person[] }
    body.replaceChildren(list(people, reload))
  } catch (error) {
    body.replaceChildren(errorState(error, reload))
  }
}

const personIn = (form: HTMLFormElement): Record<string, unknown> => {
  const data = new FormData(form)
  const [sites, email] = [data.getAll('sites'), data.get('email')]
  return {
    name: data.get('name'),
    role: data.get('role'),
    sites: sites.includes('*') ? '*' : sites,
    ...(email && { email }),
  }
}

/** Lists people and invites them. The link of an invite is shown once. */
export const peopleForm: Mount = section => {
  const form = find<HTMLFormElement>('form', section)
  const link = find('[data-link]', form)
  const body = find('[data-body]', section)
  void loadInto(body)
  form.addEventListener('submit', async event => {
    event.preventDefault()
    clearProblem(form)
    link.replaceChildren()
    try {
      const made = await send('POST', PEOPLE, personIn(form))
      const { invite, name } = (await made.json()) as { invite: string; name: string }
      form.reset()
      link.replaceChildren(...linkLines(name, invite))
      announce(texts.created)
      await loadInto(body)
    } catch (error) {
      showProblem(form, error)
    }
  })
}
