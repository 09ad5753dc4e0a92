import { CompactMap } from '../compactMap.ts'
import { cellReader, type ReadCell, type TablePart } from '../tablePart.ts'
import { TextStore } from '../textStore.ts'
import { matomoCodes } from './matomoCodes.ts'
import type { MatomoObject } from './matomoObject.ts'

/** Bytes of addresses and names. */
const MOST = 96_000_000

/** Types of addresses, by their number in log_action. */
const ADDRESSES: ReadonlyMap<string, string> = new Map([
  ['1', 'action'],
  ['2', 'outlink'],
  ['3', 'download'],
])

const SEARCH = '8'

interface Known {
  readonly type: string
  readonly text: string
}

const NONE: Known = { type: '', text: '' }

/** The addresses and names that Matomo's rows point to. */
export class MatomoActions {
  readonly #texts = new TextStore(MOST, 'addresses')
  readonly #byId = new CompactMap()

  addRows({ columns, rows }: TablePart): void {
    const cell = cellReader(columns)
    for (const row of rows) {
      const type = cell(row, 'type')
      const name = cell(row, 'name')
      const text = ADDRESSES.has(type) ? matomoCodes.address(cell(row, 'url_prefix'), name) : name
      this.#byId.set(cell(row, 'idaction'), this.#texts.add(`${type}\t${text}`))
    }
  }

  #knownOf(id: string): Known {
    const place = id === '' ? undefined : this.#byId.get(id)
    if (place === undefined) return NONE
    const text = this.#texts.at(place)
    const end = text.indexOf('\t')
    return { type: text.slice(0, end), text: text.slice(end + 1) }
  }

  textOf(id: string): string {
    return this.#knownOf(id).text
  }

  /** A row of log_link_visit_action as Matomo's API tells it, with its time in UTC. */
  actionOf(row: readonly string[], cell: ReadCell, time: number): MatomoObject {
    const address = this.#knownOf(cell(row, 'idaction_url'))
    const name = this.#knownOf(cell(row, 'idaction_name'))
    const common = { pageId: cell(row, 'idlink_va'), timestamp: time / 1000, url: address.text }
    const eventAction = this.textOf(cell(row, 'idaction_event_action'))
    if (eventAction !== '')
      return {
        ...common,
        type: 'event',
        eventAction,
        eventCategory: this.textOf(cell(row, 'idaction_event_category')),
        eventName: name.text,
        eventValue: cell(row, 'custom_float'),
      }
    if (name.type === SEARCH) return { ...common, type: 'search', siteSearchKeyword: name.text }
    const isContent = this.textOf(cell(row, 'idaction_content_name')) !== ''
    return { ...common, type: isContent ? 'content' : (ADDRESSES.get(address.type) ?? '') }
  }
}
