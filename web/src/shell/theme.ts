import { readStored, useStored, writeStored } from '../data/storage.ts'

export type Theme = 'system' | 'light' | 'dark'

const themeOf = (stored: string | null): Theme =>
  stored === 'light' || stored === 'dark' ? stored : 'system'

/** Kept on this device; `public/theme.js` applies it before the first paint of the next visit. */
export function setTheme(theme: Theme): void {
  writeStored('tintype.theme', theme === 'system' ? null : theme)
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}

/** What is shown now: the choice, or what the system says. */
export const shownTheme = (): 'light' | 'dark' => {
  const theme = themeOf(readStored('tintype.theme'))
  if (theme !== 'system') return theme
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

export const useTheme = (): Theme => themeOf(useStored('tintype.theme'))
