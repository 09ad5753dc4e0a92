import { IMPORTS } from '../../../shared/imports'
import { asking } from './paths/asking'
import { backingUp } from './paths/backingUp'
import { collecting } from './paths/collecting'
import { importing } from './paths/importing'
import { lookingAfterPeople } from './paths/lookingAfterPeople'
import { owning } from './paths/owning'
import { reading } from './paths/reading'
import { responses } from './responses'
import { schemas } from './schemas'
import { securityOf } from './securityOf'

type Operations = Readonly<Record<string, unknown>>

const METHODS: readonly string[] = ['get', 'post', 'patch', 'delete']

/** Adds to each operation the key that its route needs. */
const withSecurity = (paths: Readonly<Record<string, Operations>>) =>
  Object.fromEntries(
    Object.entries(paths).map(([path, operations]) => [
      path,
      Object.fromEntries(
        Object.entries(operations).map(([name, operation]) => [
          name,
          METHODS.includes(name) ? { ...securityOf(name, path), ...(operation as object) } : operation,
        ]),
      ),
    ]),
  )

/** Describes every address of the API, from the registries and from what each route declares. */
export const openapi = () => ({
  openapi: '3.1.0',
  info: {
    title: 'Footfall',
    version: '1',
    license: { name: 'MIT', identifier: 'MIT' },
    description: 'Self-hosted web and product analytics.',
  },
  paths: withSecurity({
    ...collecting(),
    ...Object.fromEntries(IMPORTS.flatMap(of => Object.entries(importing(of)))),
    ...owning(),
    ...lookingAfterPeople(),
    ...backingUp(),
    ...asking(),
    ...reading(),
  }),
  components: {
    schemas: schemas(),
    responses: responses(),
    securitySchemes: { key: { type: 'http', scheme: 'bearer' } },
  },
})
