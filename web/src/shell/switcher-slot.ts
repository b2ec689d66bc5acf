import { createCell, useCell } from '../kit/cell.ts'

const isOpen = createCell(false)

/** Shows the accounts of this browser, from any menu. */
export const openSwitcher = (): void => isOpen.set(true)
export const closeSwitcher = (): void => isOpen.set(false)
export const useSwitcherOpen = (): boolean => useCell(isOpen, () => false)
