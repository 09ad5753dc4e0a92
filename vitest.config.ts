import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'
import { buildDashboard } from './tools/buildDashboard.ts'
import { build as buildSnippet } from './tools/snippet/build.ts'

// The Worker serves the snippet and the dashboard as built.
await Promise.all([buildSnippet(), buildDashboard()])
const migrations = await readD1Migrations('worker/storage/migrations')

/** Tests of files that need the machine for themselves: servers and browsers, one file after another. */
const alone = (name: string, groupOrder: number, seconds: number) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    testTimeout: seconds * 1000,
    hookTimeout: seconds * 1000,
    fileParallelism: false,
    sequence: { groupOrder },
  },
})

/** Tests of pure functions stand beside their source; those of several parts are in `test/unit/`. */
const UNIT = ['{shared,snippet,worker,tools,test/unit,test/oracle,test/benchmark}/**/*.test.ts']

/** Milliseconds. A busy machine makes no test fail that is right. */
const PATIENCE = 120_000

/** Tests that run in workerd with a real local D1. */
const inWorkerd = (name: string) => ({
  plugins: [
    cloudflareTest({
      wrangler: { configPath: './wrangler.toml' },
      miniflare: {
        // Far below the limit in wrangler.toml, so that one test reaches it.
        ratelimits: { BEACONS: { namespace_id: '87871', simple: { limit: 50, period: 60 } } },
        bindings: {
          TEST_MIGRATIONS: migrations,
          ADMIN_TOKEN: 'the-admin-token-of-all-worker-tests',
          DEMO: '1',
          // The same scenarios each time, so that a failure is due to the change at hand; another seed hunts for more.
          TEST_SEED: Number(process.env.TEST_SEED ?? 1),
          TEST_BODIES: Number(process.env.TEST_BODIES ?? 10_000),
        },
      },
    }),
  ],
  test: { name, include: [`test/${name}/**/*.test.ts`], testTimeout: PATIENCE, hookTimeout: PATIENCE },
})

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: UNIT, testTimeout: PATIENCE } },
      inWorkerd('integration'),
      inWorkerd('deep'),
      alone('data', 1, 120),
      alone('tools', 2, 60),
      alone('e2e', 3, 60),
    ],
  },
})
