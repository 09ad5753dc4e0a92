import type { Row } from '../../../../shared/question'
import type { GroupTable } from '../../breakdown'
import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'
import { LOCALE } from '../../texts/locale'
import { groupText } from '../format/groupText'
import { valueText } from '../format/valueText'
import { definitionOf } from '../state/definitionOf'
import { filteredTo } from '../state/filteredTo'
import { follow, hrefOf } from '../state/view'
import { find } from './find'
import { groupOf } from './groupRows'
import { h } from './h'

const { maps } = clientFrameTexts

const CODE = /^[A-Z]{2}$/
/** Names in the note about countries that the map does not have. */
const MOST_NAMED = 5

const missingText = (names: readonly string[]): string => {
  const rest = names.length - MOST_NAMED
  const named = rest > 0 ? [...names.slice(0, MOST_NAMED), fill(maps.more, { count: rest })] : names
  return fill(maps.missing, { countries: new Intl.ListFormat(LOCALE).format(named) })
}

const draw = async (frame: HTMLElement, shown: GroupTable, rows: readonly Row[]): Promise<void> => {
  const { worldMap } = await import('../map/worldMap')
  const [metric] = shown.metrics
  const { name } = definitionOf(metric)
  const valueIn = (row: Row): number => row.metrics[metric]?.value ?? 0
  const known = rows
    .filter(row => CODE.test(groupOf(shown, row)) && valueIn(row) > 0)
    .toSorted((one, other) => valueIn(other) - valueIn(one))
  const largest = Math.max(0, ...known.map(valueIn))
  const countries = known.map(row => {
    const code = groupOf(shown, row)
    const text = `${groupText('country', code)}: ${valueText(definitionOf(metric), valueIn(row), row.metrics[metric]?.currency)}`
    return { code, text, share: valueIn(row) / largest, href: hrefOf({ filters: filteredTo('country', code) }) }
  })
  const { svg, missing } = worldMap(fill(maps.label, { metric: name }), countries, follow)
  find('.map', frame).replaceChildren(svg)
  const names = missing.map(({ code }) => groupText('country', code))
  if (names.length > 0) frame.appendChild(h('p', { class: 'note' }, missingText(names)))
}

/** A map of the world, whose code and outlines are loaded when it is first shown. */
export const countryMap = (shown: GroupTable, rows: readonly Row[]): HTMLElement => {
  const frame = h('div', {}, h('div', { class: 'map' }))
  draw(frame, shown, rows).catch(() => {
    frame.replaceChildren(h('p', { class: 'note' }, maps.failed))
  })
  return frame
}
