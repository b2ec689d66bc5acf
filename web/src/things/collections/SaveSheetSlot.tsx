import { useEffect, useState } from 'react'
import { lazyWhenOpen } from '../../ui/lazy-when-open.tsx'
import { offerCollections } from './after-saving.ts'
import { closeSaveSheet, useSaveSheet } from './save-sheet.ts'

const SaveSheet = lazyWhenOpen(() => import('./SaveSheet.tsx'))

/** The sheet for the whole app, as a toast outlives the post that it speaks of. */
export function SaveSheetSlot() {
  useEffect(offerCollections, [])
  const asked = useSaveSheet()
  // Kept while it closes.
  const [last, setLast] = useState(asked)
  if (asked && asked !== last) setLast(asked)
  return last && <SaveSheet postId={last} open={asked !== null} onClose={closeSaveSheet} />
}
