import type { Page } from 'playwright-core'

/** Nothing moves or changes its colour any more: what is measured in between is of neither state. */
export const atRest = (page: Page) =>
  page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'))
