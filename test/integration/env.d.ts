/// <reference types="@cloudflare/vitest-plugin/types" />

/** The bindings of vitest.config.ts, as `env` of `cloudflare:workers`. */
declare namespace Cloudflare {
  interface Env
    extends Required<Omit<import('../../worker/env').Env, 'QUEUE' | 'SITES' | 'EXPORTS' | 'BACKUPS' | 'KEEP_BACKUPS'>> {
    /** Where tests run with an object per site. */
    readonly SITES?: DurableObjectNamespace<import('../../worker/index').SiteObject>
    /** Objects that the Worker has no binding for. */
    readonly OBJECTS: DurableObjectNamespace<import('../../worker/index').SiteObject>
    /** The seed of random scenarios. */
    readonly TEST_SEED: number
    /** The share of random cases that long properties run; 1 runs all. */
    readonly TEST_SHARE: number
    /** The number of hostile bodies sent to the collector. */
    readonly TEST_BODIES: number
    /** Another database, unknown to the Worker. */
    readonly OTHER_DB: D1Database
    /** A bucket that the Worker has no binding for. */
    readonly BUCKET: R2Bucket
    readonly TEST_MIGRATIONS: import('@cloudflare/vitest-plugin').D1Migration[]
  }
  interface GlobalProps {
    readonly mainModule: typeof import('../../worker/index')
  }
}

declare module '*?raw' {
  const text: string
  export default text
}
