import type { Context } from 'hono'
import type { HonoEnv } from '../env'

/** Finds the domain that a request names; anything but text names none. */
export type DomainIn = (c: Context<HonoEnv>) => unknown

/** An access of whoever holds a key of the site. */
export interface KeyAccess {
  readonly who: 'read key' | 'write key' | 'export key'
  readonly domain: DomainIn
  /** Whether a request that names no site is anybody's. */
  readonly isOptional?: boolean
  /** Whether viewers of shared pages may call it, too. Its handler keeps them within their share. */
  readonly isShared?: boolean
}

/** Who may call a route. With a site, its handler gets it by `siteOf`. */
export type Access =
  | { readonly who: 'anyone' }
  /** Only pages of this address may send the form; its body says the rest. */
  | { readonly who: 'own page' }
  /** Whoever signed in sees the page; anybody else sees the form to sign in. */
  | { readonly who: 'signed in' }
  /** The admin token and every signed-in browser. */
  | { readonly who: 'any sign-in' }
  /** Owners of any site. */
  | { readonly who: 'any owner' }
  /** Without a domain, owners of every site. */
  | { readonly who: 'owner'; readonly domain?: DomainIn }
  | { readonly who: 'editor'; readonly domain: DomainIn }
  | KeyAccess

export const ANYONE: Access = { who: 'anyone' }
export const OWN_PAGE: Access = { who: 'own page' }
export const SIGNED_IN: Access = { who: 'signed in' }
export const ANY_SIGN_IN: Access = { who: 'any sign-in' }
export const ANY_OWNER: Access = { who: 'any owner' }
export const OWNER: Access = { who: 'owner' }

const inPath: DomainIn = c => c.req.param('domain')
const inQuery: DomainIn = c => c.req.query('site')

export const OWNER_OF_SITE: Access = { who: 'owner', domain: inPath }
export const EDITOR_OF_SITE: Access = { who: 'editor', domain: inPath }
export const READER_BY_PATH: Access = { who: 'read key', domain: inPath }
export const READER_BY_QUERY: Access = { who: 'read key', domain: inQuery }
export const VIEWER_BY_PATH: Access = { who: 'read key', domain: inPath, isShared: true }
export const VIEWER_BY_QUERY: Access = { who: 'read key', domain: inQuery, isShared: true }
export const VIEWER_IF_SITE: Access = { who: 'read key', domain: inQuery, isOptional: true, isShared: true }
export const EXPORTER_BY_PATH: Access = { who: 'export key', domain: inPath }
export const WRITER_BY_QUERY: Access = { who: 'write key', domain: inQuery }
