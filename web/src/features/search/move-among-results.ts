import type { KeyboardEvent } from 'react'

/** Up and down go from the field through what was found and back; Escape returns to the field. */
export function moveAmongResults(event: KeyboardEvent<HTMLElement>): void {
  const { key, currentTarget, target } = event
  const field = currentTarget.querySelector<HTMLElement>('input[type=search]')
  if (key === 'Escape' && target !== field) {
    field?.focus()
    return
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[key]
  if (!step || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return
  const results = [
    ...currentTarget.querySelectorAll<HTMLElement>(
      '[data-results] a, [data-results] li > div > button:first-child',
    ),
  ]
  const at = results.findIndex((one) => one === target || one.contains(target as Node))
  if (at < 0 && target !== field) return
  event.preventDefault()
  const next = at + step
  if (next < 0) field?.focus()
  else results[Math.min(next, results.length - 1)]?.focus()
}
