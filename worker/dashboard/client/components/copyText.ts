import { announce } from './announce'

/** Copies text. Where the browser does not allow that, selects it to be copied by hand. */
export const copyText = async (text: string, shown: Node): Promise<void> => {
  try {
    await navigator.clipboard.writeText(text)
    announce('Copied.')
  } catch {
    getSelection()?.selectAllChildren(shown)
    announce('Selected. Copy it with your keyboard.')
  }
}
