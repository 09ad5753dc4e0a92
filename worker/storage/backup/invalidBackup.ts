/** Why a part of a backup cannot be stored. */
export class InvalidBackup extends Error {}
