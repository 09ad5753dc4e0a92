import { DELIVERY_KINDS, type DeliveryKind, type Recipient } from '../../shared/settings'
import type { Fields } from '../collect/parse/fields'
import { isPublicHost } from '../lib/isPublicHost'
import { badSetting, lineOf } from './lineOf'
import { oneOf } from './oneOf'

/** Characters. https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1 */
const EMAIL = 254
const ADDRESS = 500

/** An address without comments, quotes or spaces: what people have, and nothing that could begin another header. */
const EMAIL_FORM =
  /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/

const emailOf = (given: unknown, where: string): string => {
  const text = lineOf(given, where, EMAIL)
  if (EMAIL_FORM.test(text)) return text
  throw badSetting(`"${where}" must be an email address like ann@shop.example.`)
}

/** The address of a public host, over https and without a name or password in it. */
const addressOf = (given: unknown, where: string): string => {
  const text = lineOf(given, where, ADDRESS)
  const url = URL.parse(text)
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '')
    throw badSetting(`"${where}" must be an address that begins with https://.`)
  if (url.port !== '' || !isPublicHost(url.hostname))
    throw badSetting(`"${where}" must be on a public host, without a port.`)
  return url.href
}

const SLACK_HOSTS = ['hooks.slack.com', 'hooks.slack-gov.com']

const slackOf = (given: unknown, where: string): string => {
  const text = addressOf(given, where)
  if (SLACK_HOSTS.includes(new URL(text).hostname)) return text
  throw badSetting(`"${where}" must be an incoming webhook of Slack, like https://hooks.slack.com/services/….`)
}

const READERS: Readonly<Record<DeliveryKind, (given: unknown, where: string) => string>> = {
  email: emailOf,
  slack: slackOf,
  webhook: addressOf,
}

/**
 * Where something is sent.
 * @throws Problem `bad_settings`
 */
export const recipientOf = ({ kind: given, to }: Fields, where: string): Recipient => {
  const kind = oneOf(given, `${where}.kind`, DELIVERY_KINDS)
  return { kind, to: READERS[kind](to, `${where}.to`) }
}
