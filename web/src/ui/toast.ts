export interface Toast {
  id: number
  text: string
  /** One thing to do about it. */
  action?: { label: string; onPress: () => void }
}

/** Long enough to be read twice; one with an action waits longer. */
const READ_MS = 4000
const ACT_MS = 8000

let toasts: readonly Toast[] = []
let lastId = 0
const listeners = new Set<() => void>()

function set(next: readonly Toast[]) {
  toasts = next
  for (const listener of listeners) listener()
}

export const toastStore = {
  current: () => toasts,
  subscribe(listener: () => void) {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
}

export const dismissToast = (id: number) => set(toasts.filter((toast) => toast.id !== id))

/** Shows a short message over the page, announced politely; at most three stand at once. */
export function toast(text: string, action?: Toast['action']): void {
  const id = ++lastId
  set([...toasts.filter((one) => one.text !== text), { id, text, action }].slice(-3))
  setTimeout(() => dismissToast(id), action ? ACT_MS : READ_MS)
}
