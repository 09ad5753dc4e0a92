import { FILES, type Script, scripts, style } from '../../dist/dashboard.js'
import { ANYONE } from '../http/access'
import { route } from '../http/route'

const FOLDER = '/assets/'

const at = (name: string): string => `${FOLDER}${name}`

/** The address of the style sheet. */
export const STYLE = at(style)

/** The address of each entry point, and those of the files it imports. */
export const SCRIPTS: Readonly<Record<string, { readonly src: string; readonly imports: readonly string[] }>> =
  Object.fromEntries(
    Object.entries(scripts).map(([name, { file, imports }]: [string, Script]) => [
      name,
      { src: at(file), imports: imports.map(at) },
    ]),
  )

const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), letter => letter.charCodeAt(0))

const unzipped = (bytes: Uint8Array<ArrayBuffer>): ReadableStream =>
  new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))

/** Serves the client's files. They were compressed at build time and are cached forever: a changed file has another name. */
export const filesRoutes = Object.entries(FILES).map(([name, { type, gzip }]) =>
  route('GET', at(name), ANYONE, c => {
    const headers = {
      'content-type': type,
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      vary: 'accept-encoding',
    }
    const bytes = bytesOf(gzip)
    if (!/\bgzip\b/.test(c.req.header('accept-encoding') ?? '')) return c.body(unzipped(bytes), 200, headers)
    return new Response(bytes, { headers: { ...headers, 'content-encoding': 'gzip' }, encodeBody: 'manual' })
  }),
)
