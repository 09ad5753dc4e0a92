/** Ends an import that its reader cancelled. */
export class ImportStopped extends Error {}
