/** Groups of things that belong together. */
export class UnionFind<T> {
  readonly #parents = new Map<T, T>()

  /** The representative of a thing's group. */
  find(thing: T): T {
    let root = thing
    for (let parent = this.#parents.get(root); parent !== undefined; parent = this.#parents.get(root)) root = parent
    let next = thing
    while (next !== root) {
      const parent = this.#parents.get(next) as T
      this.#parents.set(next, root)
      next = parent
    }
    return root
  }

  /** Joins two groups; the root of the first represents both. */
  union(a: T, b: T): void {
    const rootA = this.find(a)
    const rootB = this.find(b)
    if (rootA !== rootB) this.#parents.set(rootB, rootA)
  }
}
