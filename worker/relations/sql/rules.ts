import { knownEvent } from '../../../shared/events'
import type { AnyRule } from '../../../shared/settings'
import { globOf } from '../../lib/glob'
import type { StatementTerms } from '../terms'
import { int } from './int'

const SECOND = 1000

/**
 * How page views and events meet rules of one kind. Any number of rules is one condition, as D1 limits a compound select
 * to 5 terms and a statement to 100 values.
 */
interface RuleKind {
  readonly name: string
  /** The value that a rule of this kind looks for, `null` for a rule of another kind. */
  soughtBy(b: StatementTerms, rule: AnyRule): string | number | null
  /** The condition that a fact meets a rule that looks for one of these. */
  condition(b: StatementTerms, sought: readonly (string | number)[]): string
  /** SQL of rows with `label` and `sought`, from a list of such pairs. */
  table(b: StatementTerms, list: string): string
  /** The condition that a fact `f` meets a rule `r` of that table. */
  readonly match: string
  /** Set if no index finds the rules of a fact, so that the list itself is read. */
  readonly isUnindexed?: true
}

const OF_EVENTS: RuleKind = {
  name: 'event',
  soughtBy: (b, rule) => ('event' in rule ? b.eventId(rule.event) : null),
  condition: (_, sought) => `name in (${sought.map(id => int(Number(id))).join(', ')})`,
  table: (_, list) => `select value->>0 as label, cast(value->>1 as integer) as sought from json_each(${list})`,
  match: 'r.sought = f.name',
}

const PAGE_VIEW = int(knownEvent('page_view'))

const OF_PAGES: RuleKind = {
  name: 'page',
  soughtBy: (_, rule) => ('page' in rule ? globOf(rule.page) : null),
  condition: (b, sought) => `(name = ${PAGE_VIEW} and page in (
  select p.id from json_each(${b.bind(JSON.stringify(sought))}) r
  cross join pages p where p.site = ${b.bind(b.scope.site)} and p.path glob r.value
))`,
  table: (b, list) => `select r.value->>0 as label, p.id as sought from json_each(${list}) r
cross join pages p where p.site = ${b.bind(b.scope.site)} and p.path glob r.value->>1`,
  match: `r.sought = f.page and f.name = ${PAGE_VIEW}`,
}

const FEATURE_USED = int(knownEvent('feature_used'))

const OF_FEATURES: RuleKind = {
  name: 'feature',
  soughtBy: (_, rule) => ('feature' in rule ? rule.feature : null),
  condition: (b, sought) =>
    `(name = ${FEATURE_USED} and properties->>'feature' in (select value from json_each(${b.bind(JSON.stringify(sought))})))`,
  table: (_, list) => `select value->>0 as label, value->>1 as sought from json_each(${list})`,
  match: `r.sought = f.properties->>'feature' and f.name = ${FEATURE_USED}`,
}

/** A page view that has a number of at least this. */
const atLeast = (name: string, column: string, soughtBy: (rule: AnyRule) => number | null): RuleKind => ({
  name,
  soughtBy: (_, rule) => soughtBy(rule),
  condition: (_, sought) => `(name = ${PAGE_VIEW} and ${column} >= ${Math.min(...sought.map(Number))})`,
  table: (_, list) => `select value->>0 as label, value->>1 as sought from json_each(${list})`,
  match: `f.${column} >= r.sought and f.name = ${PAGE_VIEW}`,
  isUnindexed: true,
})

const OF_DEPTHS = atLeast('depth', 'depth', rule => ('scroll' in rule ? rule.scroll : null))
const OF_SECONDS = atLeast('seconds', 'seen', rule => ('seconds' in rule ? rule.seconds * SECOND : null))

const KINDS = [OF_EVENTS, OF_PAGES, OF_FEATURES, OF_DEPTHS, OF_SECONDS]

/** Conditions of which a fact that meets one of the rules fulfils one: one for each kind of rule. */
export const conditionsOf = (b: StatementTerms, rules: readonly AnyRule[]): string[] =>
  KINDS.flatMap(kind => {
    const sought = rules.flatMap(rule => kind.soughtBy(b, rule) ?? [])
    return sought.length > 0 ? [kind.condition(b, sought)] : []
  })

/** A rule with a label that marks the facts that meet it. */
export interface LabelledRule {
  readonly rule: AnyRule
  readonly label: string | number
}

/** Facts of a table, once for each rule they meet, with its `label`. Rules are looked up, not tried one by one. */
export const factsByRule = (b: StatementTerms, facts: string, rules: readonly LabelledRule[]): string =>
  KINDS.flatMap(kind => {
    const pairs = rules.flatMap(({ rule, label }) => {
      const sought = kind.soughtBy(b, rule)
      return sought === null ? [] : [[label, sought]]
    })
    if (pairs.length === 0) return []
    const list = JSON.stringify(pairs)
    const rows = (): string => kind.table(b, b.bind(list))
    const table = kind.isUnindexed ? `(${rows()})` : b.manyRows(b.nameOf(`${kind.name}_rules`, list), rows)
    return [`select f.*, r.label from ${facts} f cross join ${table} r on ${kind.match}`]
  }).join('\nunion all\n')
