import type { Access } from '../access'
import { apiRoutes } from '../routes/apiRoutes'

const KEY = { key: [] }

/** Anybody may call these, or a browser by its cookie alone. */
const OPEN: readonly Access['who'][] = ['anyone', 'own page', 'signed in']

const requirementOf = (access: Access | undefined): readonly object[] => {
  if (access?.who === 'read key' && access.isOptional) return [{}, KEY]
  return access === undefined || OPEN.includes(access.who) ? [] : [KEY]
}

const pattern = (path: string): RegExp => new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+').replaceAll('.', '\\.')}$`)

/** The security of an operation, from the access that its route declares; none if anyone may call it. */
export const securityOf = (method: string, path: string): { readonly security: readonly object[] } => {
  const route = apiRoutes.find(one => one.method === method.toUpperCase() && pattern(one.path).test(path))
  return { security: requirementOf(route?.access) }
}
