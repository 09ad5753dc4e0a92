import { guard } from './guard'

/** `localStorage`, unless the browser blocks it: then even looking at it throws. */
export const storage = guard(() => localStorage)()
