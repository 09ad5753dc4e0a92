import { find } from './components/find'

/** For a browser that cannot read the options from JSON. */
const TOO_OLD = 'This browser doesn’t support passkeys. Update it, or use another one.'

/** By the name of the error that the browser throws. */
const MESSAGES: Readonly<Record<string, string>> = {
  NotAllowedError: 'No passkey was used. Try again.',
  InvalidStateError: 'This device already has a passkey for you. Sign in with it.',
  SecurityError: 'Passkeys need HTTPS and a host name. On your own computer, open this page at localhost.',
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
  if (!isSupported()) throw new Error(TOO_OLD)
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
    problem.textContent = MESSAGES[name] ?? (message || 'Something went wrong. Try again.')
    button.disabled = false
  }
})
