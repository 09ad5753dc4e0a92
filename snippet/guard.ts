/** Makes a function of at most two arguments ignore its errors, so that a bug here never breaks the page. */
export const guard =
  <A, B, R>(run: (a: A, b: B) => R) =>
  (a?: A, b?: B): R | undefined => {
    try {
      return run(a as A, b as B)
    } catch {}
  }
