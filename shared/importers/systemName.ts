/** The collector's names of what other tools call otherwise. */
const NAMES: ReadonlyMap<string, string> = new Map([
  ['Android OS', 'Android'],
  ['BlackBerry OS', 'BlackBerry'],
  ['GNU/Linux', 'Linux'],
  ['iPadOS', 'iOS'],
  ['Mac', 'macOS'],
  ['Mac OS', 'macOS'],
  ['Macintosh', 'macOS'],
  // Google's name for no system.
  ['Web', ''],
  ['Windows Mobile', 'Windows Phone'],
])

/** An operating system's name as the collector has it, without a version of Windows. */
export const systemName = (name: string): string =>
  NAMES.get(name) ?? (/^Windows (?!Phone)/.test(name) ? 'Windows' : name)
