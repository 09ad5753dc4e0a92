/**
 * The names of the snippet's variables, in the order of `ALPHABET`: the best of thousands of permutations, which compresses
 * 22 bytes smaller than the minifier's names. After a change of the snippet, search again with `npm run size -- --letters`.
 */
export const LETTERS = 'imtpsu_qhQAcvdrlfagejYHxnOGTCbINMSLUDZw$yBVEokPFWXKRzJ'
