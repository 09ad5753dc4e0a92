/** An error that a person can fix. Commands print its message without a stack trace. */
export class CommandFailure extends Error {}
