/** Asks before a page with unsaved changes is left. */
export const guardChanges = (): { changed(): void; saved(): void } => {
  const ask = (event: Event): void => event.preventDefault()
  return {
    changed: () => addEventListener('beforeunload', ask),
    saved: () => removeEventListener('beforeunload', ask),
  }
}
