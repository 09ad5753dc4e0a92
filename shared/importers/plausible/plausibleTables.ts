import type { DayNumber } from '../../imports.ts'
import { browserName } from '../browserName.ts'
import { deviceKind } from '../deviceKind.ts'
import type { CellOf } from '../readDays.ts'
import { systemName } from '../systemName.ts'
import { plausibleOrigin } from './plausibleOrigin.ts'

/** A table of the export, which is a file. */
export interface PlausibleTable {
  /** By our names, the columns of its numbers. */
  readonly numbers: Readonly<Partial<Record<DayNumber, string>>>
  /** The dimensions and values of a row. */
  values(cell: CellOf): readonly (readonly [dimension: string, value: string])[]
}

const VISITS = { visitors: 'visitors', sessions: 'visits', bounces: 'bounces', duration: 'visit_duration' } as const
const ALL = { ...VISITS, pageviews: 'pageviews' } as const

const EVENTS: ReadonlyMap<string, string> = new Map([
  ['Outbound Link: Click', 'outbound_click'],
  ['File Download', 'file_download'],
])

const eventName = (name: string): string => EVENTS.get(name) ?? name

/**
 * The tables by name. Cities come as numbers of GeoNames, and versions of browsers and systems are added up.
 * @see https://plausible.io/docs/csv-import#csv-structure
 */
export const PLAUSIBLE_TABLES: Readonly<Record<string, PlausibleTable>> = {
  imported_visitors: { numbers: ALL, values: () => [['', '']] },
  imported_pages: {
    numbers: { visitors: 'visitors', sessions: 'visits', pageviews: 'pageviews' },
    values: cell => [['page', cell('page')]],
  },
  imported_entry_pages: {
    numbers: { ...ALL, sessions: 'entrances' },
    values: cell => [['entry_page', cell('entry_page')]],
  },
  imported_exit_pages: { numbers: { ...ALL, sessions: 'exits' }, values: cell => [['exit_page', cell('exit_page')]] },
  imported_sources: { numbers: ALL, values: cell => [['origin', plausibleOrigin(cell)]] },
  imported_locations: {
    numbers: ALL,
    values: cell => [
      ['country', cell('country')],
      ['region', cell('region')],
    ],
  },
  imported_devices: {
    numbers: ALL,
    values: cell => [['device', deviceKind(cell('device'))]],
  },
  imported_browsers: { numbers: ALL, values: cell => [['browser', browserName(cell('browser'))]] },
  imported_operating_systems: { numbers: ALL, values: cell => [['os', systemName(cell('operating_system'))]] },
  imported_custom_events: {
    numbers: { visitors: 'visitors', events: 'events' },
    values: cell => [['event', eventName(cell('name'))]],
  },
}
