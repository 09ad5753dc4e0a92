import type { ParameterValue } from '../../../shared/question'
import type { SiteSettings } from '../../../shared/settings'
import type { Feature } from '../../relations/features'

/**
 * The features of a query: the one it names, otherwise all that the site declares; `null` if it declares none and any
 * feature counts. An undeclared name is the `feature` of a feature_used.
 */
export const featuresNamed = (
  { features }: SiteSettings,
  name: ParameterValue | null | undefined,
): readonly Feature[] | null => {
  if (name === null || name === undefined) return features.length === 0 ? null : features
  const declared = features.filter(feature => feature.name === name)
  return declared.length > 0 ? declared : [{ name: String(name), feature: String(name) }]
}
