/** Why a part of a backup cannot be stored. */
export class BadPart extends Error {}
