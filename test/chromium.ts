import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { chromium } from 'playwright-core'
import { attempt } from './attempt.ts'
import { installPackage } from './installPackage.ts'

/** Flags of a browser that a person could use: without them pages see that a program drives it. */
export const AS_A_PERSON = ['--disable-blink-features=AutomationControlled']

const { env, platform } = process
const COMMANDS = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser', 'chrome']
const MISSING =
  'No Chrome or Chromium was found or could be installed: install one (on Debian: apt-get install chromium), or set CHROME_PATH to it.'

const onPath = () => (env.PATH ?? '').split(delimiter).flatMap(folder => COMMANDS.map(command => join(folder, command)))

const inApplications = () =>
  ['/Applications', join(env.HOME ?? '', 'Applications')].flatMap(folder => [
    join(folder, 'Google Chrome.app/Contents/MacOS/Google Chrome'),
    join(folder, 'Chromium.app/Contents/MacOS/Chromium'),
  ])

const inProgramFiles = () =>
  [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA]
    .filter(folder => folder !== undefined)
    .map(folder => join(folder, 'Google/Chrome/Application/chrome.exe'))

const usualPlaces = () => {
  if (platform === 'darwin') return inApplications()
  return platform === 'win32' ? inProgramFiles() : []
}

// Windows' chrome.exe opens a window instead of printing its version: https://bugs.chromium.org/p/chromium/issues/detail?id=158372
const runs = async (path: string) => {
  if (!existsSync(path)) return false
  if (platform === 'win32') return true
  return promisify(execFile)(path, ['--version'], { timeout: 20_000 }).then(
    () => true,
    () => false,
  )
}

const firstThatRuns = async (paths: readonly string[]) => {
  for (const path of paths) if (await runs(path)) return path
  return undefined
}

const download = () => {
  const cli = fileURLToPath(new URL('cli.js', import.meta.resolve('playwright-core/package.json')))
  attempt(process.execPath, [cli, 'install', 'chromium', '--no-shell'], 180)
}

const installDebian = () => installPackage('chromium')

const find = () => firstThatRuns([...onPath(), ...usualPlaces(), chromium.executablePath()])

/**
 * The path of a working Chrome or Chromium: `CHROME_PATH`, an installed one, or one installed now.
 * @throws one sentence that says what to install.
 */
export const findChromium = async (): Promise<string> => {
  if (env.CHROME_PATH) {
    if (await runs(env.CHROME_PATH)) return env.CHROME_PATH
    throw new Error(`CHROME_PATH is ${env.CHROME_PATH}, but that does not run.`)
  }
  const installed = await find()
  if (installed) return installed
  for (const install of [download, installDebian]) {
    install()
    const path = await find()
    if (path) return path
  }
  throw new Error(MISSING)
}
