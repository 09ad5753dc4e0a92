import type { MetricValue } from '../../../../shared/question'
import type { CatalogueEntry } from '../../../metrics/catalogue'
import { DEFAULT_VIEW, searchOf, type View } from '../../address'
import { fill } from '../../texts/fill'
import { metricsTexts } from '../../texts/metrics'
import { detailText } from '../format/detailText'
import { intervalText } from '../format/intervalText'
import { statusText } from '../format/statusText'
import { trackingCode } from '../format/trackingCode'
import { valueText } from '../format/valueText'
import { changeMark } from './changeMark'
import { copyLine } from './copyLine'
import { type Child, h } from './h'

const { definition: texts } = metricsTexts

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
  const range = from === undefined ? texts.anyText : fill(texts.range, { from: String(from), to: String(to) })
  const parameter = { name, help, values: values?.join(', ') ?? range, usual: String(usual) }
  return fill(usual === null ? texts.parameter : texts.parameterWithDefault, parameter)
}

const explanation = (entry: CatalogueMetric, value: MetricValue | undefined): HTMLElement =>
  h(
    'div',
    { class: 'explanation' },
    h('p', {}, entry.help, ' ', value && detailText(entry, value)),
    h(
      'dl',
      {},
      ...term(texts.formula, h('code', {}, entry.formula)),
      ...(entry.numerator === null ? [] : term(texts.numerator, entry.numerator)),
      ...(entry.denominator === null ? [] : term(texts.denominator, entry.denominator)),
      ...(entry.parameters.length === 0
        ? []
        : term(texts.parameters, h('ul', {}, ...entry.parameters.map(one => h('li', {}, parameterText(one)))))),
      ...(entry.printed ? term(texts.incorrect, h('code', {}, entry.printed.formula), ` ${entry.printed.reason}`) : []),
      ...term(texts.apiName, h('code', {}, entry.id)),
      ...term(texts.tracking, copyLine(trackingCode(entry).join('\n'), fill(texts.code, { metric: entry.name }))),
    ),
  )

/** Metrics without a value until something is chosen, and the panels where that is done. */
const CHOSEN_IN: Readonly<Record<string, { readonly path: string; readonly panel: string; readonly text: string }>> = {
  paths: { path: '/goals', panel: 'paths', text: texts.choosePath },
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
      h('a', { href: `/settings${searchOf({ ...DEFAULT_VIEW, site })}#${setting}` }, texts.setUp),
    !entry.available && copyLine(trackingCode(entry, value).join('\n'), fill(texts.code, { metric: entry.name })),
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
      ? h('p', { class: 'lacking' }, texts.filtered)
      : value.value === null && lacking(entry, value, view),
  )
