import { type Person, startSystem, type TestSystem, webApp } from '@tintype/testkit'
import type { Browser, Page } from 'playwright-core'
import { launchChromium } from './chromium.ts'

/** The two sizes every story is told at. */
export const sizes = {
  phone: { width: 390, height: 844 },
  desktop: { width: 1440, height: 900 },
} as const
export type Size = keyof typeof sizes

interface Visit {
  size?: Size
  scheme?: 'light' | 'dark'
  /** Who is logged in; a visitor unless given. */
  as?: Person
  /** What the browser says it is, for the list of sessions. */
  userAgent?: string
}

/** Tintype with its web app on a port of its own, and a browser before it. */
export class Stage implements AsyncDisposable {
  readonly system: TestSystem
  readonly #browser: Browser
  readonly #problems: string[] = []

  private constructor(system: TestSystem, browser: Browser) {
    this.system = system
    this.#browser = browser
  }

  static async open(): Promise<Stage> {
    const system = await startSystem({ env: { WEB_DIR: await webApp() } })
    // Browsers cannot be told the time, so the system is told theirs.
    system.clock.advance(Date.now() - system.clock.now())
    return new Stage(system, await launchChromium())
  }

  /** A page of a fresh browser profile. Nothing moves on it, so that what is measured is what is shown. */
  async visit({ size = 'desktop', scheme = 'light', as, userAgent }: Visit = {}): Promise<Page> {
    const context = await this.#browser.newContext({
      baseURL: this.system.baseUrl,
      viewport: sizes[size],
      hasTouch: size === 'phone',
      colorScheme: scheme,
      reducedMotion: 'reduce',
      locale: 'en-GB',
      userAgent,
    })
    context.setDefaultTimeout(10_000)
    const page = await context.newPage()
    page.on('pageerror', (error) => this.#problems.push(String(error.stack ?? error)))
    page.on('console', (message) => {
      // The browser itself notes replies such as "401, not logged in", which the app asks for on purpose.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        this.#problems.push(message.text())
    })
    if (as) await logIn(page, as)
    return page
  }

  /** What pages threw or complained of since this was last asked; every spec expects it to be nothing. */
  takeProblems(): string[] {
    return this.#problems.splice(0)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close()
    await this.system[Symbol.asyncDispose]()
  }
}

/** As the log-in page does it, without walking through it every time. */
async function logIn(page: Page, person: Person): Promise<void> {
  const answer = await page.request.post('/api/v1/users/login', {
    headers: { 'x-tintype-session': 'cookie' },
    data: { login: person.username, password: (person.constructor as typeof Person).password },
  })
  if (!answer.ok()) throw new Error(`log-in answered ${answer.status()}: ${await answer.text()}`)
}
