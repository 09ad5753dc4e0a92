import { PLATFORMS } from '../../../../shared/platforms'
import { SCOPES } from '../../../storage/accessKeys'
import { answers, body, inPath } from '../operation'
import { listOf, nullable, object, one, text } from '../schema'

const DOCTOR = {
  get: {
    operationId: 'getDiagnostics',
    summary: 'Says what the Worker sees of its installation, for npm run doctor. Needs the admin token.',
    responses: answers(
      '200',
      'The installation.',
      object({
        time: { type: 'string', format: 'date-time' },
        platform: { enum: ['cloudflare', 'local'] },
        bindings: { type: 'object', additionalProperties: { type: 'boolean' } },
        database: { type: 'string', description: 'ok, or the code of its failure.' },
        migrations: { type: ['array', 'null'], items: text },
        cron: { ...nullable('string'), description: 'When it last ran; null for never.' },
        buckets: {
          type: 'object',
          description: 'EXPORTS and BACKUPS, null where they are not bound.',
          additionalProperties: {
            type: ['object', 'null'],
            properties: {
              site: { ...nullable('string'), description: 'The site whose last file is the oldest.' },
              last: { ...nullable('string'), description: 'When that file was written; null for never.' },
              failure: { ...nullable('string'), description: 'Why the bucket cannot be read.' },
            },
          },
        },
      }),
    ),
  },
}

const PLATFORM = {
  parameters: [inPath('domain')],
  post: {
    operationId: 'detectPlatform',
    summary: 'Detects the platform of a site from its front page. Needs the admin token, or an editor of the site.',
    responses: answers('200', 'The platform.', object({ platform: { enum: PLATFORMS.map(({ id }) => id) } })),
  },
}

export const owning = () => {
  const site = object({ domain: text, name: text, timezone: text, currency: text, settings: one('Settings') })
  const path = { parameters: [inPath('domain')] }
  const key = { id: text, name: text, scope: text, expires: nullable('string') }
  return {
    '/api/v1/doctor': DOCTOR,
    '/api/v1/sites': {
      get: {
        operationId: 'listSites',
        summary: 'Lists the sites that the caller may see: with the admin token, all.',
        responses: answers('200', 'The sites.', object({ sites: listOf(one('Site')) })),
      },
      post: {
        operationId: 'addSite',
        summary: 'Adds a site. Needs the admin token.',
        requestBody: body(site),
        responses: answers('201', 'The site with its script tag.', one('Site')),
      },
    },
    '/api/v1/sites/{domain}': {
      ...path,
      get: {
        operationId: 'getSite',
        summary: 'Describes a site. Needs the admin token, or an editor of the site.',
        responses: answers('200', 'The site.', one('Site')),
      },
      patch: {
        operationId: 'changeSite',
        summary: 'Changes a site. Needs the admin token, or an editor of the site.',
        requestBody: body(site),
        responses: answers('200', 'The site.', one('Site')),
      },
      delete: {
        operationId: 'deleteSite',
        summary: 'Deletes a site and all its data. Needs the admin token.',
        responses: answers('204', 'Deleted.'),
      },
    },
    '/api/v1/sites/{domain}/platform': PLATFORM,
    '/api/v1/sites/{domain}/keys': {
      ...path,
      get: {
        operationId: 'listKeys',
        summary: 'Lists the access keys of a site, without their secrets.',
        responses: answers('200', 'The keys.', object({ keys: listOf(object({ ...key, created: text })) })),
      },
      post: {
        operationId: 'addKey',
        summary: 'Creates an access key. The response contains its secret, which is shown once.',
        requestBody: body(
          object({ name: text, scope: { enum: SCOPES }, expires: { type: 'string', format: 'date-time' } }, [
            'name',
            'scope',
          ]),
        ),
        responses: answers('201', 'The key.', object({ ...key, key: text })),
      },
    },
    '/api/v1/sites/{domain}/keys/{id}': {
      parameters: [inPath('domain'), inPath('id')],
      delete: { operationId: 'removeKey', summary: 'Revokes an access key.', responses: answers('204', 'Deleted.') },
    },
  }
}
