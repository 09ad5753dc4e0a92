/** Replaces an email address. */
const MASK = '(email)'

/** Ends a part of a path, a query or another string. */
const SEPARATORS = /([/?#&=;,:\s<>()[\]"']|%(?:25)*(?:2f|3a|2c|20))/i

/** Encoded once or more. */
const AT = /@|%(?:25)*40/gi
const DOT = /%(?:25)*2e/gi

/** Images for finer screens are named like `logo@2x.png`. */
const FINER = /^\d+x\./

/** A name, an at sign, a host with a top-level domain: not `@ada`, not `release@2.1`. */
const isAddress = (part: string): boolean => {
  const [name = '', host = ''] = part.split(AT)
  const plain = host.replaceAll(DOT, '.')
  const dot = plain.lastIndexOf('.')
  return name !== '' && dot > 0 && !FINER.test(plain) && /^\p{L}[\p{L}\p{N}-]+$/u.test(plain.slice(dot + 1))
}

/**
 * Replaces the email addresses in a path or another string.
 * @example maskEmails('/unsubscribe/ada%40example.com/now') // '/unsubscribe/(email)/now'
 */
export const maskEmails = (text: string): string =>
  text.search(AT) < 0
    ? text
    : text
        .split(SEPARATORS)
        .map(part => (isAddress(part) ? MASK : part))
        .join('')
