import type { Handler, Hono, MiddlewareHandler } from 'hono'
import type { HonoEnv } from '../env'
import type { Access } from './access'
import { guard } from './guard'

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'OPTIONS'

/** An address, who may call it and what answers. No route depends on which others come before it. */
export interface Route {
  readonly method: Method
  readonly path: string
  readonly access: Access
  readonly middleware: readonly MiddlewareHandler<HonoEnv>[]
  readonly handler: Handler<HonoEnv>
}

/** @example route('GET', '/health', ANYONE, c => c.json({ status: 'ok' })) */
export const route = <Path extends string>(
  method: Method,
  path: Path,
  access: Access,
  handler: Handler<HonoEnv, Path>,
  middleware: readonly MiddlewareHandler<HonoEnv>[] = [],
): Route => ({ method, path, access, handler: handler as Handler<HonoEnv>, middleware })

/** Who has no key to show needs no guard: one more call would cost each beacon time. */
const guardsOf = (access: Access): MiddlewareHandler<HonoEnv>[] =>
  access.who === 'anyone' || access.who === 'signed in' ? [] : [guard(access)]

/** Adds routes to an app, each behind its guard. */
export const addRoutes = (app: Hono<HonoEnv>, routes: readonly Route[]): void => {
  for (const { method, path, access, middleware, handler } of routes) {
    app.on(method, [path], ...middleware, ...guardsOf(access), handler)
  }
}
