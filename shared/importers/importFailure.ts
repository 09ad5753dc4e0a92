/** Why an import cannot go on, in one sentence that a person can act on. */
export class ImportFailure extends Error {}
