import { type CollectorPaths, DEFAULT_PATHS } from '../../../shared/collectorPaths'
import { IMPORTS } from '../../../shared/imports'
import { annotating } from './paths/annotating'
import { asking } from './paths/asking'
import { backingUp } from './paths/backingUp'
import { callingMcp } from './paths/callingMcp'
import { collecting } from './paths/collecting'
import { excluding } from './paths/excluding'
import { exporting } from './paths/exporting'
import { importing } from './paths/importing'
import { inviting } from './paths/inviting'
import { lookingAfterPeople } from './paths/lookingAfterPeople'
import { owning } from './paths/owning'
import { reading } from './paths/reading'
import { reporting } from './paths/reporting'
import { sharing } from './paths/sharing'
import { responses } from './responses'
import { schemas } from './schemas'
import { securityOf } from './securityOf'

type Operations = Readonly<Record<string, unknown>>

const METHODS: readonly string[] = ['get', 'post', 'patch', 'delete']

type Paths = Readonly<Record<string, Operations>>

/** Groups of operations, by their tag. */
const GROUPS: Readonly<
  Record<string, { readonly description: string; readonly paths: (chosen: CollectorPaths) => Paths }>
> = {
  Collecting: { description: 'The script, beacons from browsers and events from servers.', paths: collecting },
  Imports: {
    description: 'Numbers that browsers do not see, such as costs.',
    paths: () => Object.fromEntries(IMPORTS.flatMap(of => Object.entries(importing(of)))),
  },
  Queries: {
    description: 'Metrics and their answers.',
    paths: () => ({ ...asking(), ...reading(), ...excluding(), ...callingMcp() }),
  },
  Sites: { description: 'Sites, their settings and access keys.', paths: () => ({ ...owning(), ...annotating() }) },
  Team: { description: 'The people who may sign in.', paths: inviting },
  Reports: { description: 'Reports by email, Slack and webhook.', paths: reporting },
  People: { description: 'What is stored about a person.', paths: lookingAfterPeople },
  Exports: { description: 'Rows of page views, events, sessions and orders.', paths: exporting },
  Shares: { description: 'Addresses that answer a query without a key.', paths: sharing },
  Backups: { description: 'Backup and restore of a site.', paths: backingUp },
}

const GROUPED = Object.entries(GROUPS)

/** The operations of a group, each with its tag and the security of its route. */
const tagged =
  (chosen: CollectorPaths) =>
  ([tag, { paths }]: (typeof GROUPED)[number]) =>
    Object.entries(paths(chosen)).map(([path, operations]) => [
      path,
      Object.fromEntries(
        Object.entries(operations).map(([name, operation]) => [
          name,
          METHODS.includes(name) ? { tags: [tag], ...securityOf(name, path), ...(operation as object) } : operation,
        ]),
      ),
    ])

/**
 * Describes every address of the API, from the registries and from what each route declares.
 * @param chosen where this collector serves its scripts and takes beacons
 */
export const openapi = (chosen = DEFAULT_PATHS) => ({
  openapi: '3.1.0',
  info: {
    title: 'Footfall',
    version: '1',
    license: { name: 'MIT', identifier: 'MIT' },
    description: 'Self-hosted web and product analytics.',
  },
  servers: [{ url: '/', description: 'The collector that serves this description.' }],
  tags: Object.entries(GROUPS).map(([name, { description }]) => ({ name, description })),
  paths: Object.fromEntries(GROUPED.flatMap(tagged(chosen))),
  components: {
    schemas: schemas(),
    responses: responses(),
    securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
  },
})
