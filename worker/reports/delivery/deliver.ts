import type { DeliveryKind, Recipient } from '../../../shared/settings'
import type { Message } from './message'
import type { Outlets } from './outlets'

/** Milliseconds. */
const PATIENCE = 10_000

/** Why a delivery failed, in a sentence that holds no address. */
export class DeliveryFailed extends Error {}

interface Channel {
  /** Whether a message may be sent again when nobody knows if it arrived: its receiver can tell by the id. */
  readonly isRepeatable: boolean
  send(to: string, message: Message, outlets: Outlets): Promise<void>
}

const answered = async (ask: Promise<Response>): Promise<Response> => {
  try {
    return await ask
  } catch {
    throw new DeliveryFailed('The address did not answer.')
  }
}

/** Redirects are not followed: they could lead to a host that the settings would reject. */
const post = async (to: string, body: unknown, id: string, { fetch: ask }: Outlets): Promise<void> => {
  const response = await answered(
    ask(to, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'Footfall', 'footfall-delivery': id },
      body: JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE),
    }),
  )
  await response.body?.cancel()
  if (!response.ok) throw new DeliveryFailed(`The address answered with status ${response.status}.`)
}

const NO_EMAIL =
  'This installation cannot send email. Add the binding EMAIL and the variable EMAIL_FROM in wrangler.toml, or use Slack or a webhook.'

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? ` (${String(error.code).slice(0, 60)})` : ''

/** @see https://developers.cloudflare.com/email-service/api/send-emails/workers-api/ */
const sendEmail = async (to: string, { title, text, html }: Message, { email }: Outlets): Promise<void> => {
  if (!email) throw new DeliveryFailed(NO_EMAIL)
  try {
    await email.binding.send({ from: { email: email.from, name: 'Footfall' }, to, subject: title, text, html })
  } catch (error) {
    throw new DeliveryFailed(
      `Cloudflare rejected the email${codeOf(error)}. Check that the address is verified in Email Routing.`,
    )
  }
}

const CHANNELS: Readonly<Record<DeliveryKind, Channel>> = {
  email: { isRepeatable: false, send: sendEmail },
  slack: { isRepeatable: false, send: (to, { id, slack }, outlets) => post(to, slack, id, outlets) },
  webhook: { isRepeatable: true, send: (to, { id, json }, outlets) => post(to, json, id, outlets) },
}

/** Whether a message of a kind may be sent again when nobody knows if it arrived. */
export const isRepeatable = (kind: DeliveryKind): boolean => CHANNELS[kind].isRepeatable

/** @throws DeliveryFailed */
export const deliver = ({ kind, to }: Recipient, message: Message, outlets: Outlets): Promise<void> =>
  CHANNELS[kind].send(to, message, outlets)
