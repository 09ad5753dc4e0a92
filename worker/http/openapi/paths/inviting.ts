import { ROLES } from '../../../storage/teamMember'
import { answers, body, inPath } from '../operation'
import { listOf, nullable, object, type Schema, text } from '../schema'

const SITES: Schema = {
  oneOf: [{ const: '*' }, { type: 'array', items: text, minItems: 1, maxItems: 100 }],
  description: 'Domains, or "*" for all sites, including future ones.',
}

const FIELDS = { name: text, role: { enum: ROLES }, sites: SITES }
const GIVEN = {
  ...FIELDS,
  email: { ...nullable('string'), description: 'The email address that Cloudflare Access verifies.' },
}

export const inviting = () => ({
  '/api/v1/people': {
    get: {
      operationId: 'listPeople',
      summary: 'Lists the people who may sign in. Owners of some sites see the people who have no other sites.',
      responses: answers(
        '200',
        'The people.',
        object({
          people: listOf(
            object({
              id: text,
              ...FIELDS,
              email: {
                type: 'boolean',
                description: 'Whether an email address was given. Only its digest is stored.',
              },
              created: text,
              passkeys: { type: 'integer' },
              invited: { ...nullable('string'), description: 'Until when the invite is valid; null once it was used.' },
            }),
          ),
        }),
      ),
    },
    post: {
      operationId: 'invitePerson',
      summary: 'Invites a person. The response contains the invite link, which is shown once and valid for 7 days.',
      requestBody: body(object(GIVEN, ['name', 'role', 'sites'])),
      responses: answers('201', 'The person.', object({ id: text, ...FIELDS, invite: text })),
    },
  },
  '/api/v1/people/{id}/invite': {
    parameters: [inPath('id')],
    post: {
      operationId: 'reinvitePerson',
      summary:
        'Makes a new invite link for a person, such as for a lost passkey. Their passkeys and sign-ins stay valid.',
      responses: answers('201', 'The link, which is shown once and valid for 7 days.', object({ invite: text })),
    },
  },
  '/api/v1/people/{id}': {
    parameters: [inPath('id')],
    patch: {
      operationId: 'changePerson',
      summary: 'Changes the name, role, sites or email address of a person.',
      requestBody: body(object(GIVEN)),
      responses: answers('200', 'The person.', object({ id: text, ...FIELDS })),
    },
    delete: {
      operationId: 'removePerson',
      summary: 'Removes a person and signs them out at once.',
      responses: answers('204', 'Removed.'),
    },
  },
})
