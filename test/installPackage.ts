import { existsSync } from 'node:fs'
import { attempt } from './attempt.ts'

/** Tries to install a Debian package, which needs root and apt. */
export const installPackage = (name: string): void => {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return
  attempt('apt-get', ['update'], 120)
  attempt('apt-get', ['install', '-y', '--no-install-recommends', name], 300)
}
