import { knownEvent } from '../../shared/events'
import type { Rule } from '../../shared/settings'
import { ACTIVITY } from './activity'
import { factRows } from './facts'
import type { Relation } from './relation'
import type { Builder } from './sql/builder'
import { groupsWith } from './sql/groupsWith'
import { int } from './sql/int'
import { factsByRule } from './sql/rules'
import { facts } from './sql/tables'

/** A feature of the product, with the rule that a use of it meets. */
export type Feature = Rule & { readonly name: string }

const isOfPage = (rule: Rule): boolean => 'page' in rule || ('event' in rule && rule.event === 'page_view')

/** Uses of features in the period, with the feature's `label`; `null` for every feature of a feature_used. */
export const useRows = (b: Builder, features: readonly Feature[] | null): string => {
  if (features === null) {
    const used = `name = ${int(knownEvent('feature_used'))} and properties->>'feature' is not null`
    const from = `(select * from ${facts(b, 'events')} where ${used})`
    return factRows(b, 'events', { columns: "cast(f.properties->>'feature' as text) as label", from })
  }
  const kind = features.some(isOfPage) ? 'both' : 'events'
  const rules = features.map(rule => ({ rule, label: rule.name }))
  return factRows(b, kind, { columns: 'f.label', from: `(\n${factsByRule(b, facts(b, kind, '', false), rules)}\n)` })
}

/**
 * Active visitors and users of features: `active` and `used`. By feature, each feature's group holds all active
 * visitors, as any of them could have used it.
 */
export const featureUse = (features: readonly Feature[] | null): Relation => ({
  key: `feature_use/${JSON.stringify(features)}`,
  rows: b => {
    const { dimensions } = b.scope
    const byFeature = dimensions.some(({ id }) => id === 'feature')
    return b.narrowed(
      dimensions.filter(({ id }) => id !== 'feature'),
      () => {
        const inner = b.scope.dimensions.map((_, index) => `, d${index}`).join('')
        const uses = `select bucket${inner}, person, label from (\n${useRows(b, features)}\n)`
        const labels = (): string =>
          features === null
            ? `(select json_group_array(distinct label) from (\n${uses}\n))`
            : b.bind(JSON.stringify(features.map(({ name }) => name)))
        return `select bucket${groupsWith(dimensions, 'feature', 'label')}, person, active, used from (
select bucket${inner}, person${byFeature ? ', one.value as label' : ''}, 1 as active, 0 as used from (
select distinct bucket${inner}, person from (
${ACTIVITY.rows(b)}
) where active
)${byFeature ? ` cross join json_each(${labels()}) one` : ''}
union all
select bucket${inner}, person${byFeature ? ', label' : ''}, 0, 1 from (
${uses}
)
)`
      },
    )
  },
})
