import { type CollectorPaths, DEFAULT_PATHS, folderOf } from '../shared/collectorPaths.ts'
import { DOWNLOADS } from './snippet/scripts.ts'

/** A script or module under a path that the owner chose. */
interface ChosenFile {
  /** Its path beside the standard script, such as `m/cart.js`. */
  readonly source: string
  readonly path: string
  readonly change: (text: string) => string
}

const ENDPOINT = JSON.stringify(DEFAULT_PATHS.endpoint)

/** Lets a script send to the endpoint, which it finds from its own folder or from the address in `data-api`. */
const sendingTo =
  (endpoint: string, folder: string) =>
  (text: string): string =>
    text.replace(ENDPOINT, JSON.stringify(folder.replace(/\/[^/]+/g, '/..') + endpoint))

const modulesIn = (folder: string): ChosenFile[] =>
  Object.keys(DOWNLOADS)
    .filter(source => source.startsWith('m/'))
    .map(source => ({ source, path: `${folder}/${source}`, change: text => text }))

/** The scripts under their chosen paths, with the modules beside them. */
export const chosenFiles = ({ script, views, endpoint }: CollectorPaths): ChosenFile[] => {
  const scripts = [
    { source: 's.js', path: script },
    { source: 'v.js', path: views },
  ].map(file => ({ ...file, change: sendingTo(endpoint, folderOf(file.path)) }))
  const folders = new Set([folderOf(script), folderOf(views)])
  return [...scripts, ...[...folders].filter(folder => folder !== '').flatMap(modulesIn)]
}
