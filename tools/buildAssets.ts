import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type CollectorPaths, DEFAULT_PATHS } from '../shared/collectorPaths.ts'
import { assetHeaders } from './assetHeaders.ts'
import { buildDashboard } from './buildDashboard.ts'
import { chosenFiles } from './chosenFiles.ts'
import { DIST_ASSETS } from './dist.ts'
import { replaceFile } from './replaceFile.ts'
import { build as buildSnippet } from './snippet/build.ts'

/**
 * The file that tells Cloudflare which headers to add. It is not served itself.
 * @see https://developers.cloudflare.com/workers/static-assets/headers/
 */
export const ASSET_HEADERS_FILE = join(DIST_ASSETS, '_headers')

const headersText = (paths: CollectorPaths): string =>
  Object.entries(assetHeaders(paths))
    .map(([path, headers]) =>
      [path, ...Object.entries(headers).map(([name, value]) => `  ${name}: ${value}`)].join('\n'),
    )
    .join('\n\n')

const writeChosenFiles = (paths: CollectorPaths): Promise<string[]> =>
  Promise.all(
    chosenFiles(paths).map(async ({ source, path, change }) => {
      const file = join(DIST_ASSETS, path)
      const text = await readFile(join(DIST_ASSETS, source), 'utf8')
      await replaceFile(file, change(text))
      return file
    }),
  )

/**
 * Builds everything that is served without the Worker into `dist/public`, and the names the Worker needs of it. Files of
 * an earlier build stay there.
 * @param paths where the scripts are served, besides their standard paths
 * @returns the paths of the files that are served
 */
export const buildAssets = async (paths = DEFAULT_PATHS): Promise<string[]> => {
  const [files, scripts] = await Promise.all([
    buildDashboard(),
    buildSnippet(),
    replaceFile(ASSET_HEADERS_FILE, `${headersText(paths)}\n`),
  ])
  return [...new Set([...files, ...scripts, ...(await writeChosenFiles(paths))])]
}
