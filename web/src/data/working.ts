import { createCell, useCell } from '../kit/cell.ts'

/** Whether this device works out what lets it in. */
export const working = createCell(false)

export const useWorking = (): boolean => useCell(working, () => false)
