import { databaseTime } from '../databaseTime.ts'
import { logTime, withoutPort } from './combinedLine.ts'
import type { LoggedRequest, ReadRequest } from './loggedRequest.ts'

type Fields = Readonly<Record<string, unknown>>

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null

/** The first of some fields that is there, as a text. */
const first = (fields: Fields, ...names: readonly string[]): string => {
  for (const name of names) {
    const value = fields[name]
    if (typeof value === 'string' || typeof value === 'number') return value === '-' ? '' : String(value)
  }
  return ''
}

/** A header, which Caddy logs as a list. */
const headerOf = (headers: unknown, name: string): string => {
  const values = isFields(headers) ? headers[name] : undefined
  return Array.isArray(values) && typeof values[0] === 'string' ? values[0] : ''
}

/** Epoch milliseconds of seconds with a fraction, of milliseconds, of ISO 8601 or of the common log's form. */
const timeOf = (text: string): number => {
  if (/^\d+(\.\d+)?$/.test(text)) return Math.round(Number(text) * (Number(text) > 1e11 ? 1 : 1000))
  const time = logTime(text)
  return Number.isNaN(time) ? databaseTime(text) : time
}

/** @see https://caddyserver.com/docs/caddyfile/directives/log */
const caddyRequest = (fields: Fields, request: Fields): LoggedRequest => ({
  address: first(request, 'client_ip', 'remote_ip'),
  time: timeOf(first(fields, 'ts')),
  method: first(request, 'method'),
  host: withoutPort(first(request, 'host')),
  target: first(request, 'uri'),
  status: Number(first(fields, 'status')),
  referrer: headerOf(request.headers, 'Referer'),
  userAgent: headerOf(request.headers, 'User-Agent'),
  contentType: headerOf(fields.resp_headers, 'Content-Type'),
})

/**
 * nginx writes JSON with fields named after its variables.
 * @see https://nginx.org/en/docs/varindex.html
 */
const nginxRequest = (fields: Fields): LoggedRequest => {
  const [method = '', target = ''] = first(fields, 'request').split(' ')
  return {
    address: first(fields, 'remote_addr', 'client_ip', 'remote_ip', 'ip'),
    time: timeOf(first(fields, 'time_iso8601', 'time_local', 'msec', 'timestamp', 'time', 'ts', '@timestamp')),
    method: first(fields, 'request_method', 'method') || method,
    host: withoutPort(first(fields, 'host', 'http_host', 'server_name')),
    target: first(fields, 'request_uri', 'uri') || target,
    status: Number(first(fields, 'status')),
    referrer: first(fields, 'http_referer', 'http_referrer', 'referer', 'referrer'),
    userAgent: first(fields, 'http_user_agent', 'user_agent'),
    contentType: first(fields, 'sent_http_content_type', 'content_type'),
  }
}

/** A line of JSON as Caddy writes it, or nginx with `log_format … escape=json`. */
export const jsonLine: ReadRequest = line => {
  try {
    const fields: unknown = JSON.parse(line)
    if (!isFields(fields)) return null
    return isFields(fields.request) ? caddyRequest(fields, fields.request) : nginxRequest(fields)
  } catch {
    return null
  }
}
