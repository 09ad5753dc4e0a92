import type { LoggedRequest, ReadRequest } from './loggedRequest.ts'

/**
 * The combined format, before which Apache's vhost_combined has the host, and the common one, which ends before the referrer.
 * @see https://httpd.apache.org/docs/current/logs.html#accesslog
 * @see https://nginx.org/en/docs/http/ngx_http_log_module.html#log_format
 */
const LINE =
  /^(?:(\S+) )?(\S+) \S+ \S+ \[([^\]]+)\] "((?:[^"\\]|\\.)*)" (\d{3}) \S+(?: "((?:[^"\\]|\\.)*)" "((?:[^"\\]|\\.)*)")?/

const TIME = /^(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)$/
const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec'

/**
 * Epoch milliseconds; not a number for anything else.
 * @example logTime('31/Jan/2026:13:00:00 +0100') // 1769860800000
 */
export const logTime = (text: string): number => {
  const found = TIME.exec(text)
  if (!found) return Number.NaN
  const [, day, month = '', year, hour, minute, second, sign, hours, minutes] = found
  const place = MONTHS.indexOf(month)
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1)
  const utc = Date.UTC(Number(year), place / 3, Number(day), Number(hour), Number(minute), Number(second))
  return place < 0 ? Number.NaN : utc - offset
}

/** Runs of bytes as `\xC3\xA4`, which are UTF-8. */
const BYTES = /(?:\\x[0-9A-Fa-f]{2})+/g

const decoded = (bytes: string): string => {
  try {
    return decodeURIComponent(bytes.replaceAll('\\x', '%'))
  } catch {
    return bytes
  }
}

/** A field without the escapes of the log; '' for a `-`. */
const fieldOf = (text = '-'): string => {
  if (text === '-') return ''
  return text.includes('\\') ? text.replace(BYTES, decoded).replace(/\\(["\\])/g, '$1') : text
}

/** A host without its port. */
export const withoutPort = (host: string): string => host.replace(/:\d+$/, '')

/** @example combinedLine('203.0.113.9 - - [31/Jan/2026:13:00:00 +0100] "GET / HTTP/1.1" 200 12 "-" "Mozilla/5.0 …"') */
export const combinedLine: ReadRequest = (line): LoggedRequest | null => {
  const found = LINE.exec(line)
  if (!found) return null
  const [, host = '', address = '', time = '', request = '', status, referrer, userAgent] = found
  const [method = '', target = ''] = fieldOf(request).split(' ')
  return {
    address,
    time: logTime(time),
    method,
    host: withoutPort(host),
    target,
    status: Number(status),
    referrer: fieldOf(referrer),
    userAgent: fieldOf(userAgent),
    contentType: '',
  }
}
