/**
 * The names of each script's variables, in the order of `ALPHABET`: the best of thousands of permutations, which compresses
 * better than the minifier's names. After a change of the snippet, search again with
 * `npm run size -- --letters`.
 */
export const LETTERS = {
  's.js': '$IKythrwefkimYszlxdcNqZHjGOWVJgUTSRQPFapMoXLbunEDCBAv_',
  'v.js': 'qwopfiCegkWAxlrmUtbDzdcFuZRV_yKOGN$vMIaTsBXHjJQYSPhEnL',
} as const
