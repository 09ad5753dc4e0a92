import type { Change } from '../../../../shared/question'

/** ≈ for a change that is not significant, otherwise its direction. */
export const arrowOf = ({ verdict, value }: Change): '≈' | '▲' | '▼' => {
  if (verdict === 'no_clear_change' || !value) return '≈'
  return value > 0 ? '▲' : '▼'
}
