import { texts } from './texts.ts'

export const inviteTexts = texts('invite', {
  title: 'Invite',
  welcome: 'Welcome, {name}. Create a passkey to sign in with your fingerprint, face, PIN or security key.',
  create: 'Create a passkey',
  signIn: 'Sign in',
})
