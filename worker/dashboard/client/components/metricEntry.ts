import type { MetricValue } from '../../../../shared/question'
import type { CatalogueEntry } from '../../../metrics/catalogue'
import { DEFAULT_VIEW, searchOf, type View } from '../../address'
import { detailText } from '../format/detailText'
import { intervalText } from '../format/intervalText'
import { statusText } from '../format/statusText'
import { trackingCode } from '../format/trackingCode'
import { valueText } from '../format/valueText'
import { changeMark } from './changeMark'
import { copyLine } from './copyLine'
import { type Child, h } from './h'

/** A metric of the catalogue, and whether a site has data for it. */
export interface CatalogueMetric extends CatalogueEntry {
  /** Whether the site's whole history gives it a value. */
  readonly available: boolean
  readonly missing: readonly string[]
}

const term = (name: string, ...children: readonly Child[]): HTMLElement[] => [
  h('dt', {}, name),
  h('dd', {}, ...children),
]

const parameterText = ({
  name,
  help,
  values,
  from,
  to,
  default: usual,
}: CatalogueEntry['parameters'][number]): string => {
  const range = values?.join(', ') ?? (from === undefined ? 'any text' : `${from} to ${to}`)
  return `${name}: ${help} ${range}${usual === null ? '' : `; ${usual} by default`}.`
}

const explanation = (entry: CatalogueMetric, value: MetricValue | undefined): HTMLElement =>
  h(
    'div',
    { class: 'explanation' },
    h('p', {}, entry.help, ' ', value && detailText(entry, value)),
    h(
      'dl',
      {},
      ...term('Formula', h('code', {}, entry.formula)),
      ...(entry.numerator === null ? [] : term('Numerator', entry.numerator)),
      ...(entry.denominator === null ? [] : term('Denominator', entry.denominator)),
      ...(entry.parameters.length === 0
        ? []
        : term('Parameters', h('ul', {}, ...entry.parameters.map(one => h('li', {}, parameterText(one)))))),
      ...(entry.printed
        ? term('Common but incorrect formula', h('code', {}, entry.printed.formula), ` ${entry.printed.reason}`)
        : []),
      ...term('API name', h('code', {}, entry.id)),
      ...term('How to track it', copyLine(trackingCode(entry).join('\n'), `the tracking code for ${entry.name}`)),
    ),
  )

/** Metrics without a value until something is chosen, and the panels where that is done. */
const CHOSEN_IN: Readonly<Record<string, { readonly path: string; readonly panel: string; readonly text: string }>> = {
  paths: { path: '/goals', panel: 'paths', text: 'Choose it in Goals & events' },
}

const SETTING = /settings\.(\w+)/

/** Explains why there is no value, and how to get one. */
const lacking = (entry: CatalogueMetric, value: MetricValue, view: View): HTMLElement => {
  const { site } = view
  const reason = statusText(value)
  const chosenIn = CHOSEN_IN[entry.id]
  if (chosenIn) {
    const href = `${chosenIn.path}${searchOf({ ...view, own: {} })}#${chosenIn.panel}`
    return h('div', { class: 'lacking' }, h('p', {}, reason), h('a', { href }, chosenIn.text))
  }
  const [, setting] = SETTING.exec(reason) ?? []
  return h(
    'div',
    { class: 'lacking' },
    h('p', {}, reason),
    setting !== undefined &&
      h('a', { href: `/settings${searchOf({ ...DEFAULT_VIEW, site })}#${setting}` }, 'Set this up in Settings'),
    !entry.available && copyLine(trackingCode(entry, value).join('\n'), `the tracking code for ${entry.name}`),
  )
}

const head = (entry: CatalogueMetric, value: MetricValue | undefined): HTMLElement =>
  h(
    'summary',
    {},
    h('span', { class: 'name' }, entry.name),
    h(
      'strong',
      { class: 'value', 'data-value': value?.value ?? '' },
      value ? valueText(entry, value.value, value.currency) : '',
    ),
    h('span', { class: 'interval' }, value ? intervalText(entry, value) : ''),
    h('span', { class: 'spark' }),
    value ? changeMark(entry, value) : null,
  )

/** A metric's value in one line that opens to its definition. */
export const metricEntry = (
  entry: CatalogueMetric,
  value: MetricValue | undefined,
  view: View,
  isOpen: boolean,
): HTMLElement =>
  h(
    'li',
    { class: 'entry', 'data-metric': entry.id, 'data-status': value?.status },
    h('details', { open: isOpen }, head(entry, value), explanation(entry, value)),
    value === undefined
      ? h('p', { class: 'lacking' }, 'This filter doesn’t apply to this metric.')
      : value.value === null && lacking(entry, value, view),
  )
