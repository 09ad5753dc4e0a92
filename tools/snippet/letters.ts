/**
 * The names of the snippet's variables, in the order of `ALPHABET`: those of thousands tried that compress best, some
 * twenty bytes better than the minifier's. After a change of the snippet, `npm run size -- --letters` tries again.
 */
export const LETTERS = 'imtpsu_qhQAcvdrlfagejYHxnOGTCbINMSLUDZw$yBVEokPFWXKRzJ'
