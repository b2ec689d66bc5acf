import { createCell } from '../kit/cell.ts'

export interface Toast {
  id: number
  text: string
  /** One thing to do about it. */
  action?: { label: string; onPress: () => void }
}

/** Long enough to be read twice; one with an action waits longer. */
const READ_MS = 4000
const ACT_MS = 8000

export const toasts = createCell<readonly Toast[]>([])
let lastId = 0

export const dismissToast = (id: number) => toasts.update((known) => known.filter((toast) => toast.id !== id))

/** Shows a short message over the page, announced politely; at most three stand at once. */
export function toast(text: string, action?: Toast['action']): void {
  const id = ++lastId
  toasts.update((known) => [...known.filter((one) => one.text !== text), { id, text, action }].slice(-3))
  setTimeout(() => dismissToast(id), action ? ACT_MS : READ_MS)
}
