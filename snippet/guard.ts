import { tag } from './tag'

/** With `data-debug`, logs why something was not recorded. Returns the reason. */
export const explain = <T>(reason: T): T => {
  if (reason && 'debug' in tag) console.warn('footfall', reason)
  return reason
}

/** Makes a function ignore its errors, so that a bug here never breaks the page. */
export const guard =
  <A extends unknown[], R>(run: (...args: A) => R) =>
  (...args: A): R | undefined => {
    try {
      return run(...args)
    } catch {}
  }
