import { answers, body, inPath, inQuery } from '../operation'
import { listOf, object, one } from '../schema'

export const annotating = () => ({
  '/api/v1/sites/{domain}/annotations': {
    parameters: [inPath('domain')],
    get: {
      operationId: 'listAnnotations',
      summary: 'Lists the annotations of a site by day. Needs a read key.',
      parameters: [inQuery('period', 'A name, or two days like 2026-01-01,2026-01-31. The default is all.')],
      responses: answers('200', 'The annotations.', object({ annotations: listOf(one('Annotation')) })),
    },
    post: {
      operationId: 'addAnnotation',
      summary:
        'Adds an annotation. Adding an existing one changes nothing. Needs the admin token, or an editor of the site.',
      requestBody: body(one('Annotation')),
      responses: answers('201', 'The annotation.', one('Annotation')),
    },
    delete: {
      operationId: 'removeAnnotation',
      summary: 'Deletes the annotation with this day and text. Needs the admin token, or an editor of the site.',
      requestBody: body(one('Annotation')),
      responses: answers('204', 'Deleted.'),
    },
  },
})
