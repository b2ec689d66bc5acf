import { useState } from 'react'
import { lazyWhenOpen } from '../../ui/lazy-when-open.tsx'
import { closeReport, useReport } from './report-sheet.ts'

const ReportDialog = lazyWhenOpen(() => import('./ReportDialog.tsx'))

/** The dialog for the whole app, as the menu that asked for it closes. */
export function ReportSlot() {
  const asked = useReport()
  // Kept while it closes.
  const [last, setLast] = useState(asked)
  if (asked && asked !== last) setLast(asked)
  return last && <ReportDialog key={last.id} target={last} open={asked !== null} onClose={closeReport} />
}
