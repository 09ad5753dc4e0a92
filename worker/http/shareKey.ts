const PREFIX = 'footfall_share_'

/** What the viewer of shared pages sends instead of an API key. */
interface ShareKey {
  /** The token in the address of the share. */
  readonly token: string
  /** Shows that the password was entered; empty for a share without one. */
  readonly session: string
}

export const isShareKey = (key: string): boolean => key.startsWith(PREFIX)

/** @example textOfShareKey({ token: 'a1', session: '' }) // 'footfall_share_a1' */
export const textOfShareKey = ({ token, session }: ShareKey): string =>
  `${PREFIX}${token}${session === '' ? '' : `.${session}`}`

export const shareKeyIn = (key: string): ShareKey => {
  const [token = '', ...session] = key.slice(PREFIX.length).split('.')
  return { token, session: session.join('.') }
}
