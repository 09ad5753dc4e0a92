import { execFileSync } from 'node:child_process'
import { installPackage } from './installPackage'

const runs = () => {
  try {
    return execFileSync('php', ['--version'], { stdio: ['ignore', 'pipe', 'ignore'] }).length > 0
  } catch {
    return false
  }
}

/** Tries to install PHP if it is missing. Returns true if it is available. */
export const hasPhp = (): boolean => {
  if (!runs()) installPackage('php-cli')
  return runs()
}
