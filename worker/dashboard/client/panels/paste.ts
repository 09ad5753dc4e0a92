import { PLATFORMS, type Platform } from '../../../../shared/platforms'
import { scriptTag } from '../../../../shared/scriptTag'
import { clientFrameTexts } from '../../texts/clientFrame'
import { fill } from '../../texts/fill'
import { tagTexts } from '../../texts/tag'
import { announce } from '../components/announce'
import { find } from '../components/find'
import { h } from '../components/h'
import type { Mount } from '../components/panel'
import { ApiError } from '../state/apiError'
import { call } from '../state/call'
import { PAGE } from '../state/page'
import { view } from '../state/view'

const { paste: texts } = tagTexts
const { copying } = clientFrameTexts

const domain = (): string => PAGE.site?.domain ?? ''

const TAG = { name: texts.scriptTag, of: scriptTag }

const platformOf = (id: string): Platform => PLATFORMS.find(platform => platform.id === id) ?? PLATFORMS[0]

/** Shows the steps of a platform, and the code to copy. */
const show = ({ steps, code = TAG, guide }: Platform, section: HTMLElement): void => {
  find('#steps', section).replaceChildren(...steps.map(step => h('li', {}, step)))
  const field = find<HTMLTextAreaElement>('#script-tag', section)
  field.setAttribute('aria-label', code.name)
  field.value = code.of(`${location.origin}${PAGE.script}`, domain())
  find('#guide', section).textContent = guide ? fill(texts.guide, { guide }) : ''
}

const detect = async (): Promise<Platform> => {
  const response = await call(`/api/v1/sites/${encodeURIComponent(domain())}/platform`, { method: 'POST' })
  return platformOf(((await response.json()) as { platform: string }).platform)
}

/** Lets a button detect the platform from the site's front page. */
const offerDetection = (button: HTMLButtonElement, choose: (platform: Platform) => void, detected: HTMLElement): void =>
  button.addEventListener('click', async () => {
    button.disabled = true
    detected.textContent = texts.reading
    try {
      const platform = await detect()
      choose(platform)
      detected.textContent = fill(texts.detected, { platform: platform.name })
    } catch (error) {
      detected.textContent = error instanceof ApiError ? error.message : String(error)
    }
    button.disabled = false
  })

const offerCopy = (button: HTMLElement, field: HTMLTextAreaElement): void =>
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(field.value)
      announce(copying.done)
    } catch {
      // Browsers do not allow it without TLS. The selected text can be copied by hand.
      field.select()
      announce(copying.selected)
    }
  })

export const paste: Mount = section => {
  const choice = find<HTMLSelectElement>('#platform', section)
  const detected = find('#detected', section)
  choice.addEventListener('change', () => {
    detected.textContent = ''
    show(platformOf(choice.value), section)
  })
  offerCopy(find('#copy-tag', section), find('#script-tag', section))
  const button = section.querySelector<HTMLButtonElement>('#detect')
  const choose = (platform: Platform): void => {
    choice.value = platform.id
    show(platform, section)
  }
  // Links from a checklist name the platform.
  if (view().own.platform !== undefined) choose(platformOf(view().own.platform ?? ''))
  if (button) offerDetection(button, choose, detected)
}
