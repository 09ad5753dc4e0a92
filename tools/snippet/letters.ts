/**
 * The letters of each script's variables, as `rename` takes them: the best of thousands of choices, which compress better than
 * the minifier's names. After a change of the snippet, search again with `npm run size -- --letters`.
 */
export const LETTERS = {
  's.js': 'mjdbonycxuZrgevaqzwkhsi$lpPt i imt tis tesi set s jit eits stie s dteiqs e t tis',
  'v.js': 'klbvdnxqptfewmayziuoYsXg w psw swv mwzs osw w kvs swkv q q',
} as const
