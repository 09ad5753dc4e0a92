import { guard } from './guard'

/** `localStorage`, unless the browser blocks it: then even reading the property throws. */
export const storage = guard(() => localStorage)()
