import { resolve } from 'node:path'
import { convertV4MiniflareOptions, Log, LogLevel, type MiniflareOptions } from 'miniflare'
import type { WorkerConfig } from '../config.ts'

export interface WorkerdOptions {
  readonly host: string
  /** 0 takes any free port. */
  readonly port: number
  readonly dataDir: string
  readonly adminToken: string
  readonly demo: boolean
  /** Prints warnings and errors only. */
  readonly quiet: boolean
}

const printer =
  (quiet: boolean) =>
  ({ level, message }: { level: string; message: string }) => {
    if (level === 'error' || level === 'warn') console.error(message)
    else if (!quiet) console.log(message)
  }

/** Miniflare's options to run `script` as configured by wrangler.toml and the local server. */
export const workerdOptions = (config: WorkerConfig, script: string, options: WorkerdOptions): MiniflareOptions =>
  convertV4MiniflareOptions({
    ...config.options,
    modules: true,
    script,
    // The binding's name and not the deployed database's id, so that local data survives a change of wrangler.toml.
    d1Databases: { DB: 'DB' },
    bindings: {
      ...config.options.bindings,
      ADMIN_TOKEN: options.adminToken,
      ...(options.demo ? { DEMO: '1' } : {}),
    },
    host: options.host,
    port: options.port,
    resourcePersistencePath: resolve(options.dataDir),
    // No location: otherwise Miniflare would place every visitor in Austin, Texas.
    cf: {},
    telemetry: { enabled: false },
    log: new Log(options.quiet ? LogLevel.ERROR : LogLevel.WARN),
    handleStructuredLogs: printer(options.quiet),
  })
