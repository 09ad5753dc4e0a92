import { texts } from './texts.ts'

export const shareTexts = texts('share', {
  title: 'Shared',
  password: 'Password',
  hint: 'Ask whoever sent you this link for its password.',
  submit: 'View dashboard',
})
