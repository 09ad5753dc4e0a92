import { settingsTexts } from '../../../texts/settings'
import { errorState } from '../../components/errorState'
import { find } from '../../components/find'
import type { Mount } from '../../components/panel'
import { ApiError } from '../../state/apiError'

const NOT_LOADED = new ApiError('unreachable', settingsTexts.imports.failed)

/** Loads the form's code, which reads the files of many tools, when its tab is first shown. */
export const importForm: Mount = section => {
  const load = async (): Promise<void> => {
    const body = find('[data-body]', section)
    try {
      const { startImports } = await import('../../imports/startImports')
      body.replaceChildren()
      startImports(section)
    } catch {
      body.replaceChildren(errorState(NOT_LOADED, () => void load()))
    }
  }
  const shown = new IntersectionObserver(entries => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return
    shown.disconnect()
    void load()
  })
  shown.observe(section)
}
