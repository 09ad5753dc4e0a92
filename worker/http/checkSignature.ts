import type { Signature } from '../collect/hooks/signature'
import { Problem } from '../lib/problem'

/** How old or early a signature may be, milliseconds: the tolerance of Stripe's libraries. */
const TOLERANCE = 5 * 60_000

const encoder = new TextEncoder()

const matches = async ({ signed, values }: Signature, secret: string): Promise<boolean> => {
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'verify',
  ])
  const text = encoder.encode(signed)
  // `verify` compares in constant time.
  const results = await Promise.all(values.map(value => crypto.subtle.verify('HMAC', key, value, text)))
  return results.includes(true)
}

/**
 * Lets only those webhooks pass that were signed with the secret within the last minutes.
 * @param header the name of the header with the signature
 * @throws Problem `missing_signature`, `wrong_signature`, `outdated_signature`
 */
export const checkSignature = async (
  signature: Signature | null,
  header: string,
  secret: string,
  now: number,
): Promise<void> => {
  if (!signature) {
    throw new Problem(401, 'missing_signature', `The header "${header}" is missing or has no signature in it.`)
  }
  if (!(await matches(signature, secret))) {
    throw new Problem(
      401,
      'wrong_signature',
      `The signature in "${header}" does not match. Update the secret in settings.webhook_secrets.`,
    )
  }
  if (signature.time !== null && Math.abs(now - signature.time) > TOLERANCE) {
    throw new Problem(
      401,
      'outdated_signature',
      `The signature in "${header}" is more than 5 minutes old or ahead. Resend the webhook from the provider's dashboard.`,
    )
  }
}
