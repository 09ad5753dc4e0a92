/**
 * The last line of a backup's file. A file without it was cut off, perhaps between two sites.
 * @param sha256 of all bytes before the line, in hexadecimal
 */
export const endMark = (sha256: string): string => `{"footfall":"end","sha256":"${sha256}"}\n`
