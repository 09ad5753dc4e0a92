import type { ParameterValue } from '../../../shared/question'
import type { SiteSettings } from '../../../shared/settings'
import type { Feature } from '../../relations/features'

/**
 * The features a question is about: the one it names, else all that the site declares; `null` when it declares
 * none, which is whatever was ever used. A name that is not declared is that of a feature_used.
 */
export const featuresNamed = (
  { features }: SiteSettings,
  name: ParameterValue | null | undefined,
): readonly Feature[] | null => {
  if (name === null || name === undefined) return features.length === 0 ? null : features
  const declared = features.filter(feature => feature.name === name)
  return declared.length > 0 ? declared : [{ name: String(name), feature: String(name) }]
}
