import { Problem } from '../lib/problem'

/**
 * Reads the form in a request.
 * @throws Problem `bad_shape`
 */
export const readForm = async (request: Pick<Request, 'formData'>): Promise<FormData> => {
  try {
    return await request.formData()
  } catch (error) {
    if (error instanceof TypeError) throw new Problem(400, 'bad_shape', 'The body must be a form.')
    throw error
  }
}
