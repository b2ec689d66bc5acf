import type { Page, Request } from 'playwright-core'

/**
 * Nothing moves or changes its colour any more: what is measured in between is of neither state. What would still move is brought
 * to its end, again in each frame until nothing begins anew.
 */
export const atRest = (page: Page) =>
  page.waitForFunction(() => {
    const running = document.getAnimations().filter(({ playState }) => playState === 'running')
    for (const animation of running) animation.finish()
    return running.length === 0
  })

interface Traffic {
  underWay: Set<Request>
  begun: number
}
const traffic = new WeakMap<Page, Traffic>()

/** From now on, what a page fetches is noted, for `quiet`. */
export function watchTraffic(page: Page): void {
  const seen: Traffic = { underWay: new Set(), begun: 0 }
  traffic.set(page, seen)
  page.on('request', (request) => {
    seen.begun++
    seen.underWay.add(request)
  })
  page.on('requestfinished', (request) => seen.underWay.delete(request))
  page.on('requestfailed', (request) => seen.underWay.delete(request))
}

/**
 * Nothing is being fetched or scrolled, and the page, having had the time to, asks for nothing more. Like Playwright's `networkidle`, without its
 * half second, and not only after a navigation.
 */
export async function quiet(page: Page): Promise<void> {
  const seen = traffic.get(page)
  if (!seen) throw new Error('nobody watches what this page fetches')
  const deadline = performance.now() + 20_000
  for (;;) {
    const { begun } = seen
    const isStill = await page.evaluate(idleTwice)
    if (isStill && seen.underWay.size === 0 && seen.begun === begun) return
    if (performance.now() > deadline)
      throw new Error(`still fetching ${[...seen.underWay].map((request) => request.url()).join(', ')}`)
  }
}

/** What was pressed has been done by the server: a screen often says it before. */
export async function written(page: Page): Promise<void> {
  const deadline = performance.now() + 20_000
  for (;;) {
    await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve, { timeout: 500 })))
    const left = [...(traffic.get(page)?.underWay ?? [])].filter((request) => request.method() !== 'GET')
    if (left.length === 0) return
    if (performance.now() > deadline)
      throw new Error(`still writing ${left.map((one) => one.url()).join(', ')}`)
  }
}

/**
 * Runs in the page: it has drawn, and has nothing to do, two times with a while between. Answers whether it stood still meanwhile:
 * a wheel scrolls it over many frames.
 */
async function idleTwice(): Promise<boolean> {
  // After a press at a point Chromium was seen to call no idle page idle any more, for as long as nothing else was pressed.
  const idle = () => new Promise<void>((resolve) => requestIdleCallback(() => resolve(), { timeout: 500 }))
  await idle()
  const before = scrollY
  await new Promise((resolve) => setTimeout(resolve, 80))
  await idle()
  return scrollY === before
}

/** To another screen as a link of the app goes there, which costs a third of loading the app again; the first one is loaded. */
export async function turnTo(page: Page, path: string): Promise<void> {
  if (page.url() === 'about:blank') await page.goto(path)
  else await page.evaluate(navigate, path)
}

/** Runs in the page, where the router makes itself known by this name: until what it leads to has been drawn. */
async function navigate(to: string): Promise<void> {
  const { __TSR_ROUTER__: router } = globalThis as unknown as {
    __TSR_ROUTER__: { subscribe(event: 'onRendered', then: () => void): () => void }
  }
  await new Promise<void>((resolve) => {
    const end = router.subscribe('onRendered', () => {
      end()
      resolve()
    })
    history.pushState({}, '', to)
  })
}

/** Opens an address, or the page again, and waits until the app has it: only then a tap on a picture is heard. */
export async function openAndWait(page: Page, path?: string): Promise<void> {
  await page.addInitScript(() =>
    document.addEventListener('tintype:ready', () => Object.assign(globalThis, { isReady: true })),
  )
  await (path ? page.goto(path) : page.reload())
  await page.waitForFunction(() => 'isReady' in globalThis)
}
