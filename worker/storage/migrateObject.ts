import facts from './migrations/0001_facts.sql'
import visits from './migrations/0002_visits.sql'
import eventsOfCustomers from './migrations/0003_events_of_customers.sql'
import imports from './migrations/0004_imports.sql'
import additions from './migrations/0005_additions.sql'
import settlementsOfAll from './migrations/0006_settlements_of_all.sql'
import restores from './migrations/0007_restores.sql'
import keysExpiry from './migrations/0008_keys_expiry.sql'
import sums from './migrations/0009_sums.sql'
import kept from './migrations/0010_kept.sql'
import columns from './migrations/0011_columns.sql'
import ordersGone from './migrations/0012_orders_gone.sql'
import unknown from './migrations/0013_unknown.sql'
import confirmed from './migrations/0014_confirmed.sql'
import signIns from './migrations/0015_sign_ins.sql'
import utmId from './migrations/0016_utm_id.sql'
import cronRuns from './migrations/0017_cron_runs.sql'
import missingBefore from './migrations/0018_missing_before.sql'
import availability from './migrations/0019_availability.sql'
import dayPeople from './migrations/0020_day_people.sql'
import store from './migrations/0021_store.sql'
import gpc from './migrations/0022_gpc.sql'
import vitals from './migrations/0023_vitals.sql'
import importedDays from './migrations/0024_imported_days.sql'
import webhookSecrets from './migrations/0025_webhook_secrets.sql'
import sharesAndExports from './migrations/0026_shares_and_exports.sql'
import people from './migrations/0027_people.sql'
import deliveries from './migrations/0028_deliveries.sql'
import sharedPages from './migrations/0029_shared_pages.sql'
import excludedTraffic from './migrations/0030_excluded_traffic.sql'
import edgeFetches from './migrations/0031_edge_fetches.sql'
import peopleByGroup from './migrations/0032_people_by_group.sql'

/** The migrations of D1, in their order: an object has the same tables, and leaves those of the directory empty. */
const MIGRATIONS: readonly { readonly number: number; readonly sql: string }[] = [
  { number: 1, sql: facts },
  { number: 2, sql: visits },
  { number: 3, sql: eventsOfCustomers },
  { number: 4, sql: imports },
  { number: 5, sql: additions },
  { number: 6, sql: settlementsOfAll },
  { number: 7, sql: restores },
  { number: 8, sql: keysExpiry },
  { number: 9, sql: sums },
  { number: 10, sql: kept },
  { number: 11, sql: columns },
  { number: 12, sql: ordersGone },
  { number: 13, sql: unknown },
  { number: 14, sql: confirmed },
  { number: 15, sql: signIns },
  { number: 16, sql: utmId },
  { number: 17, sql: cronRuns },
  { number: 18, sql: missingBefore },
  { number: 19, sql: availability },
  { number: 20, sql: dayPeople },
  { number: 21, sql: store },
  { number: 22, sql: gpc },
  { number: 23, sql: vitals },
  { number: 24, sql: importedDays },
  { number: 25, sql: webhookSecrets },
  { number: 26, sql: sharesAndExports },
  { number: 27, sql: people },
  { number: 28, sql: deliveries },
  { number: 29, sql: sharedPages },
  { number: 30, sql: excludedTraffic },
  { number: 31, sql: edgeFetches },
  { number: 32, sql: peopleByGroup },
]

const CREATE = 'create table if not exists migrations (number integer primary key) strict'

/** Applies the migrations that an object's database lacks, each one atomically. */
export const migrateObject = (storage: DurableObjectStorage): void => {
  const { sql } = storage
  sql.exec(CREATE)
  const last = Number(sql.exec('select max(number) as last from migrations').one().last)
  for (const migration of MIGRATIONS) {
    if (migration.number <= last) continue
    storage.transactionSync(() => {
      sql.exec(migration.sql)
      sql.exec('insert into migrations (number) values (?1)', migration.number)
    })
  }
}
