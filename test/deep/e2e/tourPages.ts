import { readFile } from 'node:fs/promises'
import { build } from 'esbuild'

/** A page with a tour of three steps, and what to click in it. */
interface TourPage {
  /** A script that starts the tour; `STEPS` are its elements. */
  readonly script: string
  readonly css?: string
  /** Goes from the first step to the second, and on to the third. */
  readonly next: string
  readonly back: string
  /** On the last step. */
  readonly done: string
  /** Closes the tour on the second step; if absent, Escape does. */
  readonly close?: string
  /** The guide's name if the page gives none. */
  readonly guide: string
  /** True if each step shows the number of steps. */
  readonly counted: boolean
}

const STEPS = "const STEPS = ['#a', '#b', '#c']"

const REACT = `import { createElement } from 'react'
import { createRoot } from 'react-dom/client'
const show = (type, properties) => createRoot(document.querySelector('#app')).render(createElement(type, properties))`

/**
 * Each library as installed, except two whose markup is copied: intro.js 8.6, whose licence is not permissive, and TourGuide
 * 0.0.27, which installs a compiler with an install script.
 */
export const TOUR_PAGES: Readonly<Record<string, TourPage>> = {
  shepherd: {
    script: `import Shepherd from 'shepherd.js'
      const tour = new Shepherd.Tour({ useModalOverlay: true, defaultStepOptions: { cancelIcon: { enabled: true } } })
      STEPS.map((element, index) => tour.addStep({
        text: 'About ' + element,
        attachTo: { element, on: 'bottom' },
        buttons: [
          { text: 'Back', secondary: true, action: tour.back },
          { text: index === 2 ? 'Done' : 'Next', action: tour.next },
        ],
      }))
      tour.start()`,
    next: '.shepherd-button >> text=Next',
    back: '.shepherd-button >> text=Back',
    done: '.shepherd-button >> text=Done',
    close: '.shepherd-cancel-icon',
    guide: 'shepherd-element',
    counted: false,
  },
  driver: {
    script: `import { driver } from 'driver.js'
      driver({ animate: false, steps: STEPS.map(element => ({ element, popover: { title: 'About ' + element } })) }).drive()`,
    css: 'driver.js/dist/driver.css',
    next: '.driver-popover-next-btn',
    back: '.driver-popover-prev-btn',
    done: '.driver-popover-next-btn',
    guide: 'driver-popover',
    counted: true,
  },
  introjs: {
    script: `let now = 0
      const layer = document.createElement('div')
      const show = step => {
        now = step
        layer.innerHTML = '<div class="introjs-tooltip introjs-bottom-left-aligned">'
          + '<div class="introjs-tooltip-header"><h1 class="introjs-tooltip-title"></h1><a role="button" class="introjs-skipbutton">×</a></div>'
          + '<div class="introjs-tooltiptext">About ' + STEPS[now] + '</div><div class="introjs-bullets"><ul role="tablist">'
          + STEPS.map((_, index) => '<li role="presentation"><a role="tab" class="' + (index === now ? 'active' : '')
            + '" data-step-number="' + (index + 1) + '">&nbsp;</a></li>').join('')
          + '</ul></div><div class="introjs-arrow"></div><div class="introjs-tooltipbuttons">'
          + '<a role="button" class="introjs-button introjs-prevbutton">Back</a>'
          + '<a role="button" class="introjs-button introjs-nextbutton' + (now === 2 ? ' introjs-donebutton">Done' : '">Next')
          + '</a></div></div>'
      }
      layer.className = 'introjs-tooltipReferenceLayer'
      document.body.append(layer)
      show(0)
      const isAt = (event, name) => event.target.matches('.introjs-' + name)
      layer.onclick = event => {
        if (isAt(event, 'donebutton') || isAt(event, 'skipbutton')) layer.remove()
        else if (isAt(event, 'nextbutton')) show(now + 1)
        else if (isAt(event, 'prevbutton')) show(now - 1)
      }`,
    next: '.introjs-nextbutton',
    back: '.introjs-prevbutton',
    done: '.introjs-donebutton',
    close: '.introjs-skipbutton',
    guide: 'introjs-tooltip',
    counted: true,
  },
  joyride: {
    script: `${REACT}
      import { Joyride } from 'react-joyride'
      const buttons = ['back', 'close', 'primary', 'skip']
      const steps = STEPS.map(target => ({ target, content: 'About ' + target, skipBeacon: true, buttons }))
      show(Joyride, { run: true, continuous: true, steps })`,
    next: '[data-action=primary]',
    back: '[data-action=back]',
    done: '[data-action=primary]',
    close: '[data-action=skip]',
    guide: 'react-joyride',
    counted: false,
  },
  reactour: {
    script: `${REACT}
      import { TourProvider } from '@reactour/tour'
      const steps = STEPS.map(selector => ({ selector, content: 'About ' + selector }))
      show(TourProvider, { defaultOpen: true, steps })`,
    next: '[aria-label="Go to next step"]',
    back: '[aria-label="Go to prev step"]',
    done: '.reactour__close-button',
    close: '.reactour__close-button',
    guide: 'reactour',
    counted: true,
  },
  'vue-tour': {
    script: `import { createApp, h, resolveComponent } from 'vue'
      import Vue3Tour from 'vue3-tour'
      const steps = STEPS.map(target => ({ target, content: 'About ' + target }))
      createApp({
        mounted() { this.$tours.welcome.start() },
        render: () => h(resolveComponent('v-tour'), { name: 'welcome', steps }),
      }).use(Vue3Tour).mount('#app')`,
    next: '.v-step__button-next',
    back: '.v-step__button-previous',
    done: '.v-step__button-stop',
    close: '.v-step__button-skip',
    guide: 'v-step',
    counted: false,
  },
  tourist: {
    script: `import jQuery from 'jquery'
      self.jQuery = jQuery
      const load = async () => {
        await import('bootstrap')
        const { default: Tour } = await import('bootstrap-tourist')
        const steps = STEPS.map(element => ({ element, title: 'About ' + element, content: '', placement: 'bottom' }))
        new Tour({ framework: 'bootstrap3', name: 'welcome', storage: false, steps }).start()
      }
      load()`,
    next: '[data-role=next]',
    back: '[data-role=prev]',
    done: '[data-role=end]',
    close: '[data-role=end]',
    guide: 'welcome',
    counted: true,
  },
  tourguide: {
    script: `let now = 0
      const dialog = document.createElement('div')
      dialog.className = 'tg-dialog'
      dialog.innerHTML = '<div class="tg-dialog-header"><div class="tg-dialog-title" id="tg-dialog-title"></div>'
        + '<div class="tg-dialog-close-btn" id="tg-dialog-close-btn">×</div></div><div class="tg-dialog-body" id="tg-dialog-body"></div>'
        + '<div class="tg-dialog-footer"><button type="button" class="tg-dialog-btn" id="tg-dialog-prev-btn">Back</button>'
        + '<div class="tg-dialog-footer-sup"><div class="tg-dialog-dots" id="tg-dialog-dots"></div>'
        + '<span class="tg-step-progress" id="tg-step-progress"></span></div>'
        + '<button type="button" class="tg-dialog-btn" id="tg-dialog-next-btn">Next</button></div><div id="tg-arrow" class="tg-arrow"></div>'
      document.body.append(dialog)
      const part = name => document.querySelector('#tg-' + name)
      const show = step => {
        now = step
        part('dialog-body').innerHTML = 'About ' + STEPS[now]
        part('dialog-dots').innerHTML = STEPS.map((_, index) =>
          '<span class="tg-dot' + (index === now ? ' tg-dot-active' : '') + '"></span>').join('')
        part('dialog-next-btn').innerHTML = now === 2 ? 'Finish' : 'Next'
        part('step-progress').innerHTML = now + 1 + '/3'
      }
      const exit = () => { dialog.style.display = 'none' }
      show(0)
      part('dialog-close-btn').onclick = exit
      part('dialog-prev-btn').onclick = () => show(now - 1)
      part('dialog-next-btn').onclick = () => now === 2 ? exit() : show(now + 1)`,
    next: '#tg-dialog-next-btn',
    back: '#tg-dialog-prev-btn',
    done: '#tg-dialog-next-btn',
    close: '#tg-dialog-close-btn',
    guide: 'tg-dialog',
    counted: true,
  },
}

const root = new URL('../../../', import.meta.url)

/** The body of a tour's page, with the library inline. */
export const tourBody = async ({ script, css }: TourPage): Promise<string> => {
  const { outputFiles } = await build({
    stdin: { contents: `${STEPS}\n${script}`, resolveDir: root.pathname },
    bundle: true,
    minify: true,
    format: 'iife',
    write: false,
    define: {
      'process.env.NODE_ENV': '"production"',
      __VUE_OPTIONS_API__: 'true',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
  })
  const code = (outputFiles[0]?.text ?? '').replaceAll('</script', '<\\/script')
  const style = css ? await readFile(new URL(`node_modules/${css}`, root), 'utf8') : ''
  return `<style>${style}</style><p id="a">One</p><p id="b">Two</p><p id="c">Three</p><div id="app"></div><script>${code}</script>`
}
