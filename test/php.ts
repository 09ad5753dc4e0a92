import { execFileSync } from 'node:child_process'
import { installPackage } from './installPackage'

const runs = () => {
  try {
    return execFileSync('php', ['--version'], { stdio: ['ignore', 'pipe', 'ignore'] }).length > 0
  } catch {
    return false
  }
}

/** Whether PHP is available, after an attempt to install it. */
export const hasPhp = (): boolean => {
  if (!runs()) installPackage('php-cli')
  return runs()
}
