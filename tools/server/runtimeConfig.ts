import type { ServerBuild } from './serverBuild.ts'

export interface RuntimeConfigOptions {
  /** The folder of the database's files, absolute. */
  readonly databaseFolder: string
  /** The folder of the objects' files, absolute; `null` without objects. */
  readonly objectsFolder: string | null
  readonly demo: boolean
}

/** The header by which the server tells workerd what becomes `request.cf`. No client can send it: the server removes it. */
export const CF_HEADER = 'x-footfall-cf'

/** Environment variables of workerd with the secrets, which so are in no file. */
export const SECRETS = { admin: 'ADMIN_TOKEN', control: 'CONTROL_SECRET' } as const

/** A text literal of Cap'n Proto, whose escapes are those of C. */
const quoted = (text: string): string => {
  const bytes = [...Buffer.from(text)].map(byte =>
    byte < 0x20 || byte > 0x7e || byte === 0x22 || byte === 0x5c
      ? `\\x${byte.toString(16).padStart(2, '0')}`
      : String.fromCharCode(byte),
  )
  return `"${bytes.join('')}"`
}

const varOf = ([name, value]: readonly [string, unknown]): string =>
  typeof value === 'string'
    ? `(name = ${quoted(name)}, text = ${quoted(value)})`
    : `(name = ${quoted(name)}, json = ${quoted(JSON.stringify(value))})`

/** A binding as Cloudflare has it: the same code answers in front of another service. */
const DATABASE = `(name = "DB", wrapped = (
  moduleName = "cloudflare-internal:d1-api", innerBindings = [(name = "fetcher", service = "database")]))`

const secret = (name: string, variable: string): string =>
  `(name = ${quoted(name)}, fromEnvironment = ${quoted(variable)})`

/** Not the database's own name: data of earlier releases, which Miniflare kept, stays where it is. */
const OBJECT = { className: 'D1DatabaseObject', uniqueKey: 'miniflare-D1DatabaseObject' }

/** The collector's own object for each site. */
const SITE_OBJECT = { className: 'SiteObject', uniqueKey: 'footfall-SiteObject' }

const SITES = `(name = "SITES", durableObjectNamespace = "${SITE_OBJECT.className}")`

/** Lets a worker store its objects in a disk service. */
const objectsIn = (disk: string, { className, uniqueKey }: typeof SITE_OBJECT): string => `
      durableObjectNamespaces = [(className = "${className}", uniqueKey = "${uniqueKey}", enableSql = true)],
      durableObjectStorage = (localDisk = "${disk}")`

const diskOf = (name: string, folder: string): string =>
  `(name = "${name}", disk = (path = ${quoted(folder)}, writable = true))`

/** Megabytes for new objects, of which each isolate keeps up to three: with more, a long export takes twice the memory. */
const SPACE = '--max-semi-space-size=2'

/**
 * workerd's configuration: the collector, its database and a control service, each a module beside the file.
 * @see https://github.com/cloudflare/workerd/blob/main/src/workerd/server/workerd.capnp
 */
export const runtimeConfig = (
  build: ServerBuild,
  { databaseFolder, objectsFolder, demo }: RuntimeConfigOptions,
): string => {
  const vars = { ...build.vars, ...(demo && { DEMO: '1' }) }
  const hasObjects = objectsFolder !== null
  const bindings = [
    DATABASE,
    ...(hasObjects ? [SITES] : []),
    secret('ADMIN_TOKEN', SECRETS.admin),
    ...Object.entries(vars).map(varOf),
  ]
  const date = `compatibilityDate = ${quoted(build.compatibilityDate)}`
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "collector", worker = (
      modules = [(name = "collector.js", esModule = embed "collector.js")],
      ${date},
      compatibilityFlags = [${build.compatibilityFlags.map(quoted).join(', ')}],
      bindings = [${bindings.join(', ')}]${hasObjects ? `,${objectsIn('objects', SITE_OBJECT)}` : ''})),
    (name = "database", worker = (
      modules = [(name = "database.js", esModule = embed "database.js")],
      ${date},
      bindings = [(name = "OBJECTS", durableObjectNamespace = "${OBJECT.className}")],${objectsIn('disk', OBJECT)})),
    (name = "control", worker = (
      modules = [(name = "control.js", esModule = embed "control.js")],
      ${date},
      compatibilityFlags = ["service_binding_extra_handlers"],
      bindings = [${DATABASE}, (name = "COLLECTOR", service = "collector"), ${secret('SECRET', SECRETS.control)}])),
    ${diskOf('disk', databaseFolder)}${hasObjects ? `,\n    ${diskOf('objects', objectsFolder)}` : ''}],
  sockets = [
    (name = "collector", address = "127.0.0.1:0", service = "collector",
      http = (cfBlobHeader = "${CF_HEADER}", forwardedProtoHeader = "x-forwarded-proto")),
    (name = "control", address = "127.0.0.1:0", service = "control", http = ())],
  v8Flags = [${quoted(SPACE)}],
  logging = (structuredLogging = true));
`
}
