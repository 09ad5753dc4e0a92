import { tag } from './tag'

/** Says why something was not recorded, where the page's owner asks to be told; hands the reason on. */
export const explain = <T>(reason: T): T => {
  if (reason && 'debug' in tag) console.warn('footfall', reason)
  return reason
}

/** The same function, which does nothing where it would throw: our defect must never become the page's. */
export const guard =
  <A extends unknown[], R>(run: (...args: A) => R) =>
  (...args: A): R | undefined => {
    try {
      return run(...args)
    } catch {}
  }
