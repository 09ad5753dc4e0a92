/** What is wrong, in one sentence for the person at the keyboard. */
export class Failure extends Error {}
