declare module '*.sql' {
  const text: string
  export default text
}
declare module '*.html' {
  const text: string
  export default text
}
declare module '*.css' {
  const text: string
  export default text
}
declare module '*.svg' {
  const text: string
  export default text
}
declare module './demo/*.js' {
  const text: string
  export default text
}
declare module '*/dist/s.js' {
  const text: string
  export default text
}
