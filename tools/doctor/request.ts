export interface Answered {
  readonly status: number
  readonly headers: Headers
  readonly text: string
}

/** Milliseconds. */
const PATIENCE = 20_000

/** One request; `null` when nothing answers. */
export const request = async (url: string, init: RequestInit = {}): Promise<Answered | null> => {
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(PATIENCE) })
    return { status: response.status, headers: response.headers, text: await response.text() }
  } catch {
    return null
  }
}

/** A field of a JSON object, `undefined` for anything else. */
export const fieldOf = (answered: Answered | null, ...path: readonly string[]): unknown => {
  try {
    return path.reduce((value, name) => value?.[name], JSON.parse(answered?.text ?? ''))
  } catch {
    return undefined
  }
}
