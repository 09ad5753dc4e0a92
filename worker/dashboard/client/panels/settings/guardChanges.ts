/** Asks for confirmation before the user leaves a page with unsaved changes. */
export const guardChanges = (): { changed(): void; saved(): void } => {
  const ask = (event: Event): void => event.preventDefault()
  return {
    changed: () => addEventListener('beforeunload', ask),
    saved: () => removeEventListener('beforeunload', ask),
  }
}
