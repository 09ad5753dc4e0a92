import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import type { Context } from 'hono'
import { isFields } from '../../collect/parse/fields'
import type { HonoEnv } from '../../env'
import { Problem } from '../../lib/problem'
import type { Invite, Passkey } from '../../storage/passkeys'
import { directoryOf } from '../directoryOf'
import { keepChallenge, takeChallenge } from './challenge'

/** Loaded only when somebody uses a passkey: most requests are beacons, and the library is larger than all the code they need. */
const library = () => import('@simplewebauthn/server')
const helpers = () => import('@simplewebauthn/server/helpers')

const encoder = new TextEncoder()

const hostOf = (c: Context<HonoEnv>): URL => new URL(c.req.url)

/** Where passkeys may be used. A proxy may end TLS before the request arrives; without TLS, browsers use passkeys only on localhost. */
const expected = (c: Context<HonoEnv>, challenge: string) => ({
  expectedChallenge: challenge,
  expectedOrigin: [hostOf(c).origin, `https://${hostOf(c).host}`],
  expectedRPID: hostOf(c).hostname,
  requireUserVerification: true,
})

/** The options with which the browser of an invited person creates a passkey. */
export const registrationOptions = async (c: Context<HonoEnv>, { id, name }: Invite): Promise<object> => {
  const { generateRegistrationOptions } = await library()
  const options = await generateRegistrationOptions({
    rpName: 'Footfall',
    rpID: hostOf(c).hostname,
    userID: encoder.encode(id),
    userName: name,
    attestationType: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  await keepChallenge(c, options.challenge)
  return options
}

/** The options with which a browser asks for a passkey of this host. */
export const signInOptions = async (c: Context<HonoEnv>): Promise<object> => {
  const { generateAuthenticationOptions } = await library()
  const options = await generateAuthenticationOptions({ rpID: hostOf(c).hostname, userVerification: 'required' })
  await keepChallenge(c, options.challenge)
  return options
}

const WRONG = new Problem(401, 'wrong_passkey', 'This passkey is not valid here. Ask an owner for a new invite.')

/** The library throws many kinds of errors for an invalid answer. */
const verified = async <Result extends { readonly verified: boolean }>(
  verify: () => Promise<Result>,
): Promise<Result> => {
  const result = await verify().catch(() => null)
  if (!result?.verified) throw WRONG
  return result
}

/** The fields of a browser's answer that are read before it is verified. */
interface Answer {
  readonly id: string
  readonly response: { readonly clientDataJSON: string }
}

/** Characters of a credential's id: WebAuthn allows 1,023 bytes. */
const ID = 1_364

/** @throws Problem `bad_shape` */
const answerIn = (given: unknown): Answer => {
  const answer = isFields(given) && isFields(given.response) ? given : null
  const clientData = isFields(answer?.response) ? answer.response.clientDataJSON : null
  if (answer && typeof answer.id === 'string' && answer.id.length <= ID && typeof clientData === 'string')
    return answer as unknown as Answer
  throw new Problem(400, 'bad_shape', '"response" must be the answer of a passkey, as toJSON() gives it.')
}

/**
 * The passkey that a browser has created.
 * @throws Problem `bad_shape`, `wrong_challenge`, `wrong_passkey`
 */
export const registeredPasskey = async (c: Context<HonoEnv>, given: unknown): Promise<Passkey> => {
  const answer = answerIn(given)
  const challenge = await takeChallenge(c, answer.response.clientDataJSON)
  const [{ verifyRegistrationResponse }, { isoBase64URL }] = [await library(), await helpers()]
  const response = answer as unknown as RegistrationResponseJSON
  const { registrationInfo } = await verified(() => verifyRegistrationResponse({ response, ...expected(c, challenge) }))
  if (!registrationInfo) throw WRONG
  const { id, publicKey, counter } = registrationInfo.credential
  return { id, publicKey: isoBase64URL.fromBuffer(publicKey), counter }
}

/**
 * The id of the member whose passkey signed the challenge.
 * @throws Problem `bad_shape`, `wrong_challenge`, `wrong_passkey`
 */
export const memberOfPasskey = async (c: Context<HonoEnv>, given: unknown): Promise<string> => {
  const answer = answerIn(given)
  const challenge = await takeChallenge(c, answer.response.clientDataJSON)
  const passkey = await directoryOf(c).findPasskey(answer.id)
  if (!passkey) throw WRONG
  const [{ verifyAuthenticationResponse }, { isoBase64URL }] = [await library(), await helpers()]
  const credential = {
    id: passkey.id,
    publicKey: isoBase64URL.toBuffer(passkey.publicKey),
    counter: passkey.counter,
  }
  const response = answer as unknown as AuthenticationResponseJSON
  const { authenticationInfo } = await verified(() =>
    verifyAuthenticationResponse({ response, credential, ...expected(c, challenge) }),
  )
  await directoryOf(c).countPasskey(passkey, authenticationInfo.newCounter)
  return passkey.member
}
