import { type CollectorPaths, folderOf } from '../../../../shared/collectorPaths'
import { LIMITS } from '../../../../shared/limits'
import { SCRIPT_MODULES } from '../../../../shared/scriptModules'
import { WEBHOOK_PROVIDERS } from '../../../../shared/webhookProviders'
import { DROPPED_HEADER } from '../../../../shared/wire'
import { answers, inPath, inQuery, json } from '../operation'
import { listOf, object, one, text } from '../schema'

/** A module is beside the script that loads it. */
const modulesOf = (script: string) => ({
  [`${folderOf(script)}/m/{module}.js`]: {
    get: {
      operationId: 'getModule',
      summary: 'A module of the script, which the tag names in data-modules.',
      parameters: [{ ...inPath('module'), schema: { enum: SCRIPT_MODULES } }],
      responses: { '200': { description: 'A script.' }, '404': { description: 'There is no such module.' } },
    },
  },
})

const HOOK = {
  parameters: [inPath('site'), { ...inPath('provider'), schema: { enum: WEBHOOK_PROVIDERS } }],
  post: {
    operationId: 'sendWebhook',
    summary:
      "A provider's webhook, signed with the secret in settings.webhook_secrets. It is answered 200 once it is stored, or with the reason why nothing of it counts.",
    requestBody: { required: true, content: json({ type: 'object' }) },
    responses: answers(
      '200',
      'Stored, or ignored.',
      object({
        accepted: { type: 'integer' },
        duplicates: { type: 'integer' },
        refused: listOf(object({ index: { type: 'integer' }, code: text, message: text })),
        ignored: { ...text, description: 'Why nothing of the webhook counts.' },
      }),
    ),
  },
}

export const collecting = ({ script, views, endpoint }: CollectorPaths) => ({
  [script]: {
    get: { operationId: 'getScript', summary: 'The script.', responses: { '200': { description: 'A script.' } } },
  },
  [views]: {
    get: {
      operationId: 'getViewsScript',
      summary: 'The script without clicks, links, data attributes and guides.',
      responses: { '200': { description: 'A script.' } },
    },
  },
  ...modulesOf(script),
  [endpoint]: {
    post: {
      operationId: 'sendBeacon',
      summary: 'The beacon of the script.',
      requestBody: { required: true, content: { 'text/plain': { schema: text } } },
      responses: {
        '204': {
          description: 'Stored, queued, or deliberately excluded, in whole or in part.',
          headers: {
            [DROPPED_HEADER]: {
              description:
                'Why it was excluded. "server_only:refund" names an event that only a server may send, "gpc:identify" or "gpc:consent" an event from a browser with Global Privacy Control, and "property:plan" an invalid property, without which its event is stored.',
              schema: text,
            },
          },
        },
        ...answers('4XX', 'Rejected.', one('Problem')),
      },
    },
  },
  '/hooks/{site}/{provider}': HOOK,
  '/api/v1/events': {
    post: {
      operationId: 'sendEvents',
      summary: `Stores events from a server, up to ${LIMITS.eventsPerCall} per call. Needs a write key.`,
      parameters: [inQuery('site', "The site's domain.", true)],
      requestBody: {
        required: true,
        content: {
          ...json(object({ events: listOf(one('Event')) }, ['events'])),
          'application/x-ndjson': { schema: text },
        },
      },
      responses: answers(
        '200',
        'The result for each event.',
        object({
          accepted: { type: 'integer' },
          duplicates: { type: 'integer' },
          refused: listOf(object({ index: { type: 'integer' }, code: text, message: text })),
          warnings: {
            description:
              'For accepted events: refunds of an unknown order or of more than remains of the order, and invalid properties that were left out, with the code "property:<name>".',
            ...listOf(object({ index: { type: 'integer' }, code: text, message: text })),
          },
        }),
      ),
    },
  },
})
