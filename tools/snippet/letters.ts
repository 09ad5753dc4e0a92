/**
 * The letters of each script's variables, as `rename` takes them: the best of thousands of choices, which compress better than
 * the minifier's names. After a change of the snippet, search again with `npm run size -- --letters`.
 */
export const LETTERS = {
  's.js': 'Rls$ghSpZiyrujdqmawbencvfkto m muo mo$ avnm ako t $la kon$ nas$ $ mnjsv$ m a aS$',
  'v.js': 'dyaguplhtwrebomkqnjcsixv r rmw mwd eft emp w upr esnd s e',
} as const
