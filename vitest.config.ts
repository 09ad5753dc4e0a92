import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'
import { buildAssets } from './tools/buildAssets.ts'

// The snippet and the dashboard are served as built.
await buildAssets()
const migrations = await readD1Migrations('worker/storage/migrations')

/** Milliseconds. A busy machine makes no test fail that is right. */
const PATIENCE = 120_000

/** One for each core: Vitest's default leaves one core idle, which is half of a small machine. */
const WORKERS = '100%'

/** Tests that start servers and browsers. */
const inNode = (name: string, folder: string, groupOrder: number) => ({
  test: {
    name,
    include: [`test/${folder}/**/*.test.ts`],
    testTimeout: PATIENCE,
    hookTimeout: PATIENCE,
    maxWorkers: WORKERS,
    sequence: { groupOrder },
  },
})

/** Tests of pure functions stand beside their source; those of several parts are in `test/unit/`. */
const UNIT = ['{shared,snippet,worker,tools,test/unit,test/oracle,test/benchmark}/**/*.test.ts']

/**
 * Tests that run in workerd with a real local D1.
 * @param share of their random cases that long properties are tried with
 * @param objects the binding of the objects: with `SITES` every new site has one of its own
 */
const inWorkerd = (name: string, include: string[], share: number, objects = 'OBJECTS') => ({
  plugins: [
    cloudflareTest({
      wrangler: { configPath: './wrangler.toml' },
      miniflare: {
        // Far below the limit in wrangler.toml, so that one test reaches it.
        ratelimits: { BEACONS: { namespace_id: '87871', simple: { limit: 50, period: 60 } } },
        // A second database in the same isolate.
        d1Databases: { OTHER_DB: 'other' },
        // Not named as the Worker knows it: only some tests hand it to the cron.
        r2Buckets: ['BUCKET'],
        durableObjects: { [objects]: { className: 'SiteObject', useSQLite: true } },
        bindings: {
          TEST_MIGRATIONS: migrations,
          ADMIN_TOKEN: 'the-admin-token-of-all-worker-tests',
          DEMO: '1',
          // Tests of the plans' limits bring their own.
          PLAN: 'none',
          // The same scenarios each time, so that a failure is due to the change at hand; another seed hunts for more.
          TEST_SEED: Number(process.env.TEST_SEED ?? 1),
          TEST_BODIES: Number(process.env.TEST_BODIES ?? 5_000),
          TEST_SHARE: share,
        },
      },
    }),
  ],
  test: { name, include, testTimeout: PATIENCE, hookTimeout: PATIENCE, maxWorkers: WORKERS },
})

/** Tests with long properties: `npm test` tries a share of their random cases, `npm run test:deep` all. */
const LONG = ['people', 'properties'].map(name => `test/integration/${name}.test.ts`)

/** Tests that also run with an object per site, with a part of their random cases. */
const ON_BOTH_STORES = [
  ...['people', 'properties', 'retention', 'truth', 'importedDays'].map(name => `test/integration/${name}.test.ts`),
  ...['backup', 'catalogue', 'exports', 'faults'].map(name => `test/deep/integration/${name}.test.ts`),
]

export default defineConfig({
  test: {
    maxWorkers: WORKERS,
    projects: [
      // Pure functions can share their modules: to load them anew for each file takes as long as the tests.
      { test: { name: 'unit', include: UNIT, testTimeout: PATIENCE, maxWorkers: WORKERS, isolate: false } },
      inWorkerd('integration', ['test/integration/**/*.test.ts'], 0.2),
      inNode('tools', 'tools', 1),
      inNode('e2e', 'e2e', 1),
      inWorkerd('deep-integration', ['test/deep/integration/**/*.test.ts', ...LONG], 1),
      inWorkerd('deep-objects', ['test/deep/objects/**/*.test.ts', ...ON_BOTH_STORES], 0.1, 'SITES'),
      inNode('deep-data', 'deep/data', 1),
      inNode('deep-tools', 'deep/tools', 1),
      inNode('deep-e2e', 'deep/e2e', 1),
      // Installs three toolchains from npm, so only `npm run frameworks` runs it.
      inNode('frameworks', 'frameworks', 1),
    ],
  },
})
