import { EVENTS } from '../../shared/events.ts'
import type { Rule, SiteSettings } from '../../shared/settings.ts'
import { EMPTY_SETTINGS } from '../../shared/settings.ts'
import type { Fact } from './fact.ts'
import type { World } from './facts.ts'
import { meets } from './meets.ts'

/** The settings of a site, without its exclusions. */
export const settingsOf = ({ site }: World): SiteSettings => ({ ...EMPTY_SETTINGS, ...site.settings })

const BUILT_IN: readonly Rule[] = EVENTS.filter(event => 'conversion' in event).map(({ name }) => ({ event: name }))

/** True if an event is a conversion of the site: once, however many rules it meets. */
export const isConversion =
  (world: World) =>
  (fact: Fact): boolean =>
    [...BUILT_IN, ...settingsOf(world).conversions].some(rule => meets(rule)(fact))
