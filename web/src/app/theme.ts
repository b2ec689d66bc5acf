import { useSyncExternalStore } from 'react'
import { readStored, writeStored } from '../api/storage.ts'

export type Theme = 'system' | 'light' | 'dark'

const listeners = new Set<() => void>()

const current = (): Theme => {
  const stored = readStored('tintype.theme')
  return stored === 'light' || stored === 'dark' ? stored : 'system'
}

/** Kept on this device; `public/theme.js` applies it before the first paint of the next visit. */
export function setTheme(theme: Theme): void {
  writeStored('tintype.theme', theme === 'system' ? null : theme)
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  for (const listener of listeners) listener()
}

/** What is shown now: the choice, or what the system says. */
export const shownTheme = (): 'light' | 'dark' => {
  const theme = current()
  if (theme !== 'system') return theme
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

export const useTheme = (): Theme =>
  useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, current)
