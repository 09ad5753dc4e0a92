import { expect, test } from 'vitest'
import { hashPassword, isPassword } from './hashPassword'

test('a password fits its hash, with its secret alone', async () => {
  const hash = await hashPassword('correct horse', 'token')
  expect(await isPassword('correct horse', hash, 'token')).toBe(true)
  expect(await isPassword('correct house', hash, 'token')).toBe(false)
  expect(await isPassword('correct horse', hash, 'other')).toBe(false)
  expect(await hashPassword('correct horse', 'token')).not.toBe(hash)
  expect(hash).not.toContain('token')
})
