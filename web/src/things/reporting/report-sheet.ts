import type { ReportableKind } from '@tintype/contract'
import { createCell, useCell } from '../../kit/cell.ts'

/** What is to be reported, and whose it is. */
export interface ReportTarget {
  kind: ReportableKind
  id: string
  /** Of a comment its post, of a message its conversation. */
  partition?: string
  user: { user_id: string; username: string }
}

const asked = createCell<ReportTarget | null>(null)

/** Asks from anywhere why something is reported. */
export const openReport = (target: ReportTarget): void => asked.set(target)
export const closeReport = (): void => asked.set(null)
export const useReport = (): ReportTarget | null => useCell(asked, () => null)
