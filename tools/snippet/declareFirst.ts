import { splitTop } from './splitTop.ts'

/**
 * Moves the declarations of minified code before its other statements, so that one `let` declares all. No declaration in the
 * snippet does anything that an earlier statement could prevent or change.
 * @example declareFirst('let a=1;b();let c=2') // 'let a=1,c=2;b()'
 */
export const declareFirst = (code: string): string => {
  const statements = splitTop(code, ';')
  const isDeclaration = (statement: string) => statement.startsWith('let ')
  const declared = statements.filter(isDeclaration).map(statement => statement.slice('let '.length))
  return [`let ${declared.join(',')}`, ...statements.filter(statement => !isDeclaration(statement))].join(';')
}
