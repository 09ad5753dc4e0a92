import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { extname, relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type CollectorPaths, DEFAULT_PATHS } from '../../shared/collectorPaths.ts'
import { assetHeaders } from '../assetHeaders.ts'
import { chosenFiles } from '../chosenFiles.ts'
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

const headersOf = (path: string, paths: CollectorPaths): Record<string, string> =>
  Object.fromEntries(
    Object.entries(assetHeaders(paths)).flatMap(([pattern, headers]) =>
      matches(pattern, path) ? Object.entries(headers) : [],
    ),
  )

const assetOf = (path: string, body: Buffer, paths: CollectorPaths): Asset => {
  const etag = `"${createHash('sha256').update(body).digest('hex').slice(0, 32)}"`
  const headers = { ...headersOf(path, paths), vary: 'accept-encoding' }
  return { headers, etag, type: TYPES[extname(path)] ?? '', body, gzip: gzipSync(body, { level: 9 }) }
}

const readBodies = async (files: readonly string[]): Promise<Map<string, Buffer>> =>
  new Map(
    await Promise.all(files.map(async file => [`/${relative(DIST_ASSETS, file)}`, await readFile(file)] as const)),
  )

/**
 * Reads built files, so that a later build changes nothing for a running server.
 * @param paths where the scripts are served, besides their standard paths
 */
export const readAssets = async (files: readonly string[], paths = DEFAULT_PATHS): Promise<Assets> => {
  const built = await readBodies(files)
  const chosen = chosenFiles(paths).map(
    ({ source, path, change }) => [path, Buffer.from(change(String(built.get(`/${source}`) ?? '')))] as const,
  )
  return new Map([...built, ...chosen].map(([path, body]) => [path, assetOf(path, body, paths)]))
}

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
