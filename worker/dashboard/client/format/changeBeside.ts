import type { Definition } from '../../page'
import { changeText } from './changeText'

/** Formats a change beside its arrow: where that points up or down, it needs no sign. */
export const changeBeside = (arrow: string, definition: Pick<Definition, 'change' | 'unit'>, value: number): string =>
  arrow.startsWith('≈') ? changeText(definition, value) : changeText(definition, Math.abs(value)).replace('+', '')
