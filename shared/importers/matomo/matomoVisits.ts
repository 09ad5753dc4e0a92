import { CompactMap } from '../compactMap.ts'
import { databaseTime } from '../databaseTime.ts'
import { ImportFailure } from '../importFailure.ts'
import type { ReadOptions } from '../importFormat.ts'
import { cellReader, type ReadCell, type TablePart } from '../tablePart.ts'
import { TextStore } from '../textStore.ts'
import { matomoCodes } from './matomoCodes.ts'
import type { MatomoObject } from './matomoObject.ts'

/** Bytes of visits. */
const MOST = 96_000_000

/** Columns that are kept of a visit, in their order. */
const COLUMNS = [
  'idvisitor',
  'user_id',
  'config_browser_name',
  'config_os',
  'config_device_type',
  'location_browser_lang',
  'location_country',
  'location_region',
  'location_city',
  'referer_type',
  'referer_url',
  'referer_name',
  'referer_keyword',
  'campaign_source',
  'campaign_medium',
  'campaign_content',
] as const

const ID = /^0x([\da-f]{16})$/i

/** Sixteen hexadecimal digits. */
const visitorOf = (text: string): string => {
  const id = ID.exec(text)?.[1]
  if (id !== undefined) return id.toLowerCase()
  throw new ImportFailure('The ids of visitors in the dump are not hexadecimal: make it with mysqldump --hex-blob.')
}

const SPACE = /[\t\n]/g

const regionOf = (country: string, code: string): string =>
  country === '' || code === '' ? '' : `${country.toUpperCase()}-${code}`

/** Matomo's visits of one site by their id: as its API tells them, without their actions. */
export class MatomoVisits {
  readonly #texts = new TextStore(MOST, 'visits')
  readonly #byId = new CompactMap()
  readonly #options: ReadOptions
  #site: string

  constructor(options: ReadOptions) {
    this.#options = options
    this.#site = options.website
  }

  get site(): string {
    return this.#site
  }

  addRows({ columns, rows }: TablePart): void {
    const cell = cellReader(columns)
    for (const row of rows) {
      if (this.#site === '') this.#site = cell(row, 'idsite')
      if (cell(row, 'idsite') === this.#site) this.#add(row, cell)
      else this.#options.leaveOut('visits of other sites: name the one to import with --website')
    }
  }

  #add(row: readonly string[], cell: ReadCell): void {
    const id = cell(row, 'idvisit')
    const visitor = visitorOf(cell(row, 'idvisitor'))
    const cells = COLUMNS.slice(1).map(column => cell(row, column).replaceAll(SPACE, ' '))
    this.#byId.set(id, this.#texts.add([visitor, ...cells].join('\t')))
    const { figures } = this.#options
    const time = databaseTime(cell(row, 'visit_last_action_time'))
    if (!figures || Number.isNaN(time)) return
    const day = figures.dayOf(time)
    figures.addVisitor(day, visitor)
    figures.addSession(day, id)
    if (Number(cell(row, 'visit_total_actions')) > 1) figures.keep(day, id)
  }

  /** A visit; `undefined` for one that is not of the site. */
  visitOf(id: string): MatomoObject | undefined {
    const place = this.#byId.get(id)
    if (place === undefined) return undefined
    const [
      visitorId,
      userId,
      browser = '',
      os = '',
      device = '',
      languageCode,
      country = '',
      region = '',
      city,
      ...from
    ] = this.#texts.at(place).split('\t')
    const [type = '', referrerUrl, referrerName, referrerKeyword, campaignSource, campaignMedium, campaignContent] =
      from
    return {
      idSite: this.#site,
      idVisit: id,
      visitorId,
      userId,
      browserName: matomoCodes.browser(browser),
      operatingSystemName: matomoCodes.system(os),
      deviceType: matomoCodes.device(device),
      languageCode,
      countryCode: country,
      region: regionOf(country, region),
      city,
      referrerType: matomoCodes.referrerType(type),
      referrerUrl,
      referrerName,
      referrerKeyword,
      campaignSource,
      campaignMedium,
      campaignContent,
    }
  }
}
