import { announce } from './announce'

/** Copies a text; where the browser does not let a page do that, selects it to be copied by hand. */
export const copyText = async (text: string, shown: Node): Promise<void> => {
  try {
    await navigator.clipboard.writeText(text)
    announce('Copied.')
  } catch {
    getSelection()?.selectAllChildren(shown)
    announce('Selected. Copy it with your keyboard.')
  }
}
