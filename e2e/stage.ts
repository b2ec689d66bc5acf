import { mkdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { startSystem, type TestSystem, webApp } from '@tintype/testkit'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { launchChromium } from './chromium.ts'
import { logIn } from './pages/account.ts'
import { watchTraffic, written } from './rest.ts'

/** Stories are told on a phone and on a desktop; what must fit is measured at the other sizes, too. */
export const sizes = {
  small: { width: 320, height: 700 },
  phone: { width: 390, height: 844 },
  tablet: { width: 820, height: 1180 },
  desktop: { width: 1440, height: 900 },
} as const
export type Size = keyof typeof sizes

/** What a phone's browser says it is: by it the server knows what to draw. */
const PHONE =
  'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36'

interface Visit {
  size?: Size
  scheme?: 'light' | 'dark'
  /** Pixels of the screen to one of CSS. */
  density?: number
  /** Who is logged in; a visitor unless given. */
  as?: { username: string }
  /** What the browser says it is; for the list of sessions. */
  userAgent?: string
  /**
   * Whether the app's service worker may take over. Only where it is what the test is about or belongs to the story: Chromium
   * now and then shows Playwright none of the requests of a page that a worker has taken over, and then `page.route` is not asked.
   */
  withWorker?: boolean
}

/** A Tintype with its web app for the tests of one file, and a browser before it; `prepare` peoples it, `env` are its settings. */
export function openStage(
  prepare?: (system: TestSystem) => Promise<unknown>,
  env: Record<string, string> = {},
): Stage {
  const stage = new Stage(env)
  const begin = async () => {
    await stage.open()
    await prepare?.(stage.system)
  }
  beforeAll(async () => {
    if (await inTime(begin(), SET_UP_MS)) return
    // Of a hundred set-ups one was seen to hang: what it waits for is told, and another is made.
    console.warn('a set-up hangs; its events wait for', await stage.system.system.engines.events.backlog())
    await begin()
  })
  afterEach(({ task }) => stage.clear(task.result?.state === 'fail' ? task.name : undefined))
  afterAll(() => stage[Symbol.asyncDispose]())
  return stage
}

/** Milliseconds that opening a Tintype and peopling it may take. */
const SET_UP_MS = 55_000

const inTime = (work: Promise<void>, ms: number): Promise<boolean> => {
  const { promise: late, resolve } = Promise.withResolvers<boolean>()
  const timer = setTimeout(resolve, ms, false)
  return Promise.race([work.then(() => true), late]).finally(() => clearTimeout(timer))
}

/** Where the last look of a failed test is kept. */
const evidence = fileURLToPath(new URL('../test-results/', import.meta.url))

/** The browser itself notes errors that the app asks for on purpose (401: not logged in), and that there is no network. */
const ofTheNetwork = /^Failed to load resource|ERR_INTERNET_DISCONNECTED/

export class Stage implements AsyncDisposable {
  #system: TestSystem | undefined
  #browser: Browser | undefined
  #pages: Page[] = []
  #problems: string[] = []
  readonly #env: Record<string, string>

  constructor(env: Record<string, string> = {}) {
    this.#env = env
  }

  get system(): TestSystem {
    if (!this.#system) throw new Error('the stage opens before the first test')
    return this.#system
  }

  async open(): Promise<void> {
    this.#system = await startSystem({
      env: { WEB_DIR: process.env.WEB_DIR ?? (await webApp()), ...this.#env },
    })
    // Browsers cannot be told the time, so the system is told theirs.
    this.#system.clock.advance(Date.now() - this.#system.clock.now())
    this.#browser = await launchChromium()
  }

  /** A page of a fresh browser profile. Nothing moves on it, so that what is measured is what is shown. */
  async visit(asked: Visit = {}): Promise<Page> {
    const { size = 'desktop', scheme = 'light', density = 1, as, userAgent, withWorker } = asked
    if (!this.#browser) throw new Error('the stage opens before the first test')
    const context = await this.#browser.newContext({
      baseURL: this.system.baseUrl,
      viewport: sizes[size],
      deviceScaleFactor: density,
      hasTouch: size !== 'desktop',
      isMobile: size !== 'desktop',
      colorScheme: scheme,
      reducedMotion: 'reduce',
      locale: 'en-GB',
      userAgent: userAgent ?? (size === 'phone' ? PHONE : undefined),
      serviceWorkers: withWorker ? 'allow' : 'block',
    })
    context.setDefaultTimeout(20_000)
    const page = await context.newPage()
    this.#pages.push(page)
    watchTraffic(page)
    page.on('pageerror', (error) => this.#problems.push(String(error.stack || error)))
    page.on('console', (message) => {
      if (message.type() === 'error' && !ofTheNetwork.test(message.text()))
        this.#problems.push(message.text())
    })
    // From the first listener on, choosers are intercepted; one that is asked for at the same moment would be missed.
    page.on('filechooser', () => {})
    if (as) await logIn(page, as.username)
    return page
  }

  /** Resolves when what was pressed on the open pages has been done, and all that follows from it. */
  async settle(): Promise<void> {
    for (const page of this.#pages) if (!page.isClosed()) await written(page)
    await this.system.settle()
  }

  /** Closes all pages; keeps pictures of them where a test failed, and fails one whose pages threw or complained. */
  async clear(failed?: string): Promise<void> {
    const pages = this.#pages.splice(0)
    if (failed) {
      await mkdir(evidence, { recursive: true })
      for (const [index, page] of pages.entries()) {
        const path = `${evidence}${failed.replace(/\W+/g, '-').slice(0, 60)}-${index + 1}.png`
        await page.screenshot({ path }).catch(() => {})
      }
    }
    for (const page of pages) await page.context().close()
    const problems = this.#problems.splice(0)
    if (!failed) expect(problems, 'errors on the pages').toEqual([])
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser?.close()
    await this.#system?.[Symbol.asyncDispose]()
  }
}
