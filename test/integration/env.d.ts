/// <reference types="@cloudflare/vitest-plugin/types" />

/** What vitest.config.ts binds, as `env` of `cloudflare:workers`. */
declare namespace Cloudflare {
  interface Env extends Required<Omit<import('../../worker/env').Env, 'QUEUE'>> {
    /** Which random scenarios are tried. */
    readonly TEST_SEED: number
    /** The share of their random cases that long properties are tried with; 1 tries all. */
    readonly TEST_SHARE: number
    /** How many hostile bodies are thrown at the collector. */
    readonly TEST_BODIES: number
    /** Another database, which the Worker itself does not know. */
    readonly OTHER_DB: D1Database
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
