import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import { ASSET_HEADERS } from '../assetHeaders.ts'
import { DIST_ASSETS } from '../dist.ts'

interface Asset {
  readonly headers: Readonly<Record<string, string>>
  readonly etag: string
  readonly type: string
  readonly body: Buffer
  readonly gzip: Buffer
}

/** By path. */
export type Assets = ReadonlyMap<string, Asset>

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
}

const matches = (pattern: string, path: string): boolean =>
  pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern

const headersOf = (path: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(ASSET_HEADERS).flatMap(([pattern, headers]) =>
      matches(pattern, path) ? Object.entries(headers) : [],
    ),
  )

const readAsset = async (file: string): Promise<readonly [string, Asset]> => {
  const path = `/${relative(DIST_ASSETS, file)}`
  const body = await readFile(file)
  const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 32)}"`
  const headers = { ...headersOf(path), vary: 'accept-encoding' }
  return [path, { headers, etag, type: TYPES[extname(file)] ?? '', body, gzip: gzipSync(body, { level: 9 }) }]
}

/** Reads built files, so that a later build changes nothing for a running server. */
export const readAssets = async (files: readonly string[]): Promise<Assets> =>
  new Map(await Promise.all(files.map(readAsset)))

const send = ({ headers, etag, type, body, gzip }: Asset, request: IncomingMessage, response: ServerResponse): void => {
  const isZipped = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))
  const sent = isZipped ? gzip : body
  response.writeHead(200, {
    ...headers,
    etag,
    'content-type': type,
    'content-length': sent.length,
    ...(isZipped && { 'content-encoding': 'gzip' }),
  })
  response.end(request.method === 'HEAD' ? undefined : sent)
}

/**
 * Answers a request for an asset as Cloudflare does before it runs a Worker. workerd would take 70 MB more to do it, and
 * every beacon would wait for one more Worker.
 * @returns whether there is such an asset
 */
export const answerAsset = (assets: Assets, request: IncomingMessage, response: ServerResponse): boolean => {
  const [path = ''] = (request.url ?? '').split('?')
  const asset = assets.get(path)
  if (!asset) return false
  const { headers, etag } = asset
  request.resume()
  if (request.method !== 'GET' && request.method !== 'HEAD') response.writeHead(405, headers).end()
  else if (request.headers['if-none-match'] === etag) response.writeHead(304, { ...headers, etag }).end()
  else send(asset, request, response)
  return true
}
