import { texts } from './texts.ts'

export const signInTexts = texts('signIn', {
  title: 'Sign in',
  token: 'Admin token or access key',
  hint: 'A local server prints its admin token when it first starts. A deployed one has it in the ADMIN_TOKEN secret.',
  submit: 'Sign in',
  passkey: 'Use a passkey',
})
