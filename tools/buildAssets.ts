import { join } from 'node:path'
import { ASSET_HEADERS } from './assetHeaders.ts'
import { buildDashboard } from './buildDashboard.ts'
import { DIST_ASSETS } from './dist.ts'
import { replaceFile } from './replaceFile.ts'
import { build as buildSnippet } from './snippet/build.ts'

/**
 * The file that tells Cloudflare which headers to add. It is not served itself.
 * @see https://developers.cloudflare.com/workers/static-assets/headers/
 */
export const ASSET_HEADERS_FILE = join(DIST_ASSETS, '_headers')

const headersText = Object.entries(ASSET_HEADERS)
  .map(([path, headers]) => [path, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`)].join('\n'))
  .join('\n\n')

/**
 * Builds everything that is served without the Worker into `dist/public`, and the names the Worker needs of it. Files of
 * an earlier build stay there.
 * @returns the paths of the files that are served
 */
export const buildAssets = async (): Promise<string[]> => {
  const [files, scripts] = await Promise.all([
    buildDashboard(),
    buildSnippet(),
    replaceFile(ASSET_HEADERS_FILE, `${headersText}\n`),
  ])
  return [...files, ...scripts]
}
