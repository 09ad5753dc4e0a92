import { execFileSync } from 'node:child_process'

/** Runs an installer with its output on stderr. The caller checks for success by looking for what it installs. */
export const attempt = (command: string, args: readonly string[], seconds: number): void => {
  console.error(`Trying: ${command} ${args.join(' ')}`)
  try {
    execFileSync(command, args, {
      stdio: ['ignore', 2, 2],
      timeout: seconds * 1000,
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000' },
    })
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
  }
}
