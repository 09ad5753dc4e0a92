import { passkeyTexts } from '../texts/passkey'
import { find } from './components/find'

/** By the name of the error that the browser throws. */
const MESSAGES: Readonly<Record<string, string>> = {
  NotAllowedError: passkeyTexts.notUsed,
  InvalidStateError: passkeyTexts.known,
  SecurityError: passkeyTexts.insecure,
}

const post = async (path: string, body: unknown): Promise<unknown> => {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const answer = (await response.json()) as { error?: { message: string } }
  if (!response.ok) throw new Error(answer.error?.message)
  return answer
}

const ACTS = {
  create: async (options: unknown) =>
    navigator.credentials.create({
      publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options as PublicKeyCredentialCreationOptionsJSON),
    }),
  get: async (options: unknown) =>
    navigator.credentials.get({
      publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options as PublicKeyCredentialRequestOptionsJSON),
    }),
}

const isSupported = (): boolean =>
  'PublicKeyCredential' in window && 'parseCreationOptionsFromJSON' in PublicKeyCredential

const signIn = async (place: HTMLElement): Promise<void> => {
  if (!isSupported()) throw new Error(passkeyTexts.tooOld)
  const { passkey = '', path = '', to = '/' } = place.dataset
  const act = ACTS[passkey as keyof typeof ACTS]
  const made = (await act(await post(`${path}/options`, {}))) as PublicKeyCredential
  const answer = (await post(`${path}/passkey`, { response: made.toJSON(), to })) as { to: string }
  location.assign(answer.to)
}

const place = find('[data-passkey]')
const button = find<HTMLButtonElement>('button', place)
const problem = find('[data-problem]', place)

button.hidden = false
button.addEventListener('click', async () => {
  button.disabled = true
  problem.textContent = ''
  try {
    await signIn(place)
  } catch (error) {
    const { name, message } = error as Error
    problem.textContent = MESSAGES[name] ?? (message || passkeyTexts.failed)
    button.disabled = false
  }
})
