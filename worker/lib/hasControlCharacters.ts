/** C0 and C1 control characters except tab and line ends, which people do type. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: rejecting them is the purpose
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/

/** Whether a string of several lines has control characters that no person types. */
export const hasControlCharacters = (value: string): boolean => CONTROL.test(value)
