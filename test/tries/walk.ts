import type { Locator, Page } from 'playwright-core'

/** What a walk took. */
export interface Steps {
  readonly clicks: number
  /** Fields that were typed into. */
  readonly fields: number
}

/** A reader's way through pages, with every click counted. It uses only what a reader can see and name. */
export class Walk {
  readonly page: Page
  readonly #url: string
  readonly #isTouch: boolean
  #clicks = 0
  #fields = 0

  /** @param url of the server */
  constructor(page: Page, url: string, isTouch: boolean) {
    this.page = page
    this.#url = url
    this.#isTouch = isTouch
  }

  get steps(): Steps {
    return { clicks: this.#clicks, fields: this.#fields }
  }

  async click(target: Locator): Promise<void> {
    this.#clicks++
    await (this.#isTouch ? target.tap() : target.click())
  }

  /** Chooses from a menu: a click opens it, and another chooses. */
  async choose(menu: Locator, option: string): Promise<void> {
    this.#clicks += 2
    await menu.selectOption({ label: option })
  }

  /** Types into a field, after a click unless it has the focus already. */
  async type(field: Locator, text: string): Promise<void> {
    await field.waitFor()
    if (!(await field.evaluate(element => element === document.activeElement))) await this.click(field)
    this.#fields++
    await field.fill(text)
  }

  /** Waits until a reader can read it. */
  async read(target: Locator): Promise<string> {
    await target.waitFor()
    return (await target.innerText()).replace(/\s+/g, ' ').trim()
  }

  /** Waits until no panel is loading: meanwhile its old numbers are dimmed. */
  async settled(): Promise<void> {
    await this.page.waitForFunction(() => !document.querySelector('[aria-busy]'))
  }

  link(name: string | RegExp): Locator {
    return this.page.getByRole('link', { name, exact: typeof name === 'string' }).filter({ visible: true })
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true }).filter({ visible: true })
  }

  region(name: string): Locator {
    return this.page.getByRole('region', { name, exact: true })
  }

  /** Opens the front page and signs in with the token that the server printed. */
  async signIn(adminToken: string): Promise<void> {
    await this.page.goto(this.#url)
    await this.type(this.page.getByLabel('Admin token or access key'), adminToken)
    await this.click(this.button('Sign in'))
  }
}
