import { clientFrameTexts } from '../../texts/clientFrame'
import { announce } from './announce'

const { copying } = clientFrameTexts

/** Copies text. Where the browser does not allow that, selects it to be copied by hand. */
export const copyText = async (text: string, shown: Node): Promise<void> => {
  try {
    await navigator.clipboard.writeText(text)
    announce(copying.done)
  } catch {
    getSelection()?.selectAllChildren(shown)
    announce(copying.selected)
  }
}
