import type { Page } from 'playwright-core'

/** Widths below this one have bars at top and bottom, and pictures from edge to edge. */
const PHONE = 768

/** What does not fit the screen, or a thumb; each line begins with `name`. */
export async function tightSpots(page: Page, name: string): Promise<string[]> {
  const found = await page.evaluate(sideways)
  const { width } = page.viewportSize() ?? { width: PHONE }
  if (await page.evaluate(() => matchMedia('(pointer: coarse)').matches))
    found.push(...(await page.evaluate(hardToHit)))
  if (width < PHONE) found.push(...(await page.evaluate(atTheEdge)))
  return found.map((line) => `${name}: ${line}`)
}

/** Runs in the page: by how much it scrolls sideways, and what reaches beyond the edge without being cut off. */
function sideways(): string[] {
  const { scrollWidth, clientWidth } = document.documentElement
  if (scrollWidth <= clientWidth) return []
  const isCut = (element: Element): boolean => {
    const { parentElement: parent } = element
    return parent !== null && (getComputedStyle(parent).overflowX !== 'visible' || isCut(parent))
  }
  const beyond = [...document.body.querySelectorAll('*')].find(
    (element) => element.getBoundingClientRect().right > clientWidth + 1 && !isCut(element),
  )
  return [`scrolls sideways by ${scrollWidth - clientWidth} px: ${beyond?.outerHTML.slice(0, 120)}`]
}

/**
 * Runs in the page: what answers to a finger on less than 44 by 44 px, asked of the browser point by point, so that an area
 * which reaches beyond what is drawn counts. What stands within a sentence is as high as its line (WCAG 2.5.8 lets them), and
 * what another thing in the same place does as well may be small.
 */
function hardToHit(): string[] {
  const SIDE = 44
  // Of a box that begins between two pixels the browser may give one to its neighbour.
  const LEAST = SIDE - 1
  const all = 'a[href], button, input, select, textarea, summary, [role=button], [role=tab], [role=option]'
  // Of dialogs over one another, the topmost.
  const top = [...document.querySelectorAll('[role=dialog], [role=alertdialog]')].at(-1) ?? document.body
  const found: string[] = []
  for (const element of top.querySelectorAll<HTMLElement>(all)) {
    if (element.matches(':disabled, [aria-hidden=true], [type=file], [tabindex="-1"], [inert] *')) continue
    // Radios are often invisible within a label that is drawn instead.
    const opacityProperty = !element.matches('input')
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty })) continue
    if (inSentence(element)) continue
    element.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' })
    const box = (element.closest('label') ?? element).getBoundingClientRect()
    if (box.width < 2 || box.height < 2 || box.bottom <= 0) continue
    const area = reach(element, box)
    if (area.width < LEAST || area.height < LEAST)
      found.push(`${area.width}×${area.height} px to hit: ${element.outerHTML.slice(0, 140)}`)
  }
  window.scrollTo(0, 0)
  return [...new Set(found)]

  function inSentence(element: HTMLElement): boolean {
    const { display, cssFloat } = getComputedStyle(element)
    if (!display.startsWith('inline') && cssFloat === 'none') return false
    if (element.parentElement && getComputedStyle(element.parentElement).display.includes('flex'))
      return false
    const own = element.textContent?.trim() ?? ''
    const line = element.closest('p, li, div, dd, span:not(:only-child)')?.textContent?.trim() ?? ''
    return line.length > own.length
  }
  /** How far from its middle a press still means it, up to 44 px in all. */
  function reach(element: HTMLElement, box: DOMRect) {
    const x = box.left + box.width / 2
    const y = box.top + box.height / 2
    const hit = (dx: number, dy: number) => {
      const at = document.elementFromPoint(x + dx, y + dy)
      if (!at) return false
      const label = at.closest('label')
      return element.contains(at) || (label?.control ?? at) === element || label?.contains(element) === true
    }
    const length = (dx: 0 | 1, dy: 0 | 1) => {
      let [before, after] = [0, 0]
      while (before < SIDE && hit(-dx * (before + 0.5), -dy * (before + 0.5))) before++
      while (after < SIDE && hit(dx * (after + 0.5), dy * (after + 0.5))) after++
      return before + after
    }
    return { width: length(1, 0), height: length(0, 1) }
  }
}

/** Runs in the page: words and controls nearer than 16 px to the edge of the screen; not those over a picture. */
function atTheEdge(): string[] {
  const NEAR = 16
  const { clientWidth } = document.documentElement
  const found: string[] = []
  const root = document.querySelector('[role=dialog], [role=alertdialog]') ?? document.getElementById('main')
  if (!root) return found
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement
    if (!node.textContent?.trim() || !parent?.checkVisibility({ opacityProperty: true })) continue
    if (parent.closest('[aria-hidden=true], [aria-roledescription=carousel]')) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    const [from, to] = seen(parent)
    for (const rect of range.getClientRects()) {
      const [left, right] = [Math.max(rect.left, from), Math.min(rect.right, to)]
      if (right - left < 2) continue
      if (left < NEAR - 0.5 || right > clientWidth - NEAR + 0.5)
        found.push(
          `${Math.round(left)} to ${Math.round(right)} of ${clientWidth} px: “${node.textContent.slice(0, 60)}”`,
        )
    }
  }
  return [...new Set(found)]

  /** Between which columns its text is not cut off. */
  function seen(element: Element | null): [number, number] {
    if (!element) return [0, clientWidth]
    const [from, to] = seen(element.parentElement)
    if (getComputedStyle(element).overflowX === 'visible') return [from, to]
    const { left, right } = element.getBoundingClientRect()
    return [Math.max(from, left), Math.min(to, right)]
  }
}
