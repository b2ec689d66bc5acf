import { ProofSlot } from '../things/account/ProofSlot.tsx'
import { SwitcherSlot } from '../things/account/switcher/SwitcherSlot.tsx'
import { SaveSheetSlot } from '../things/collections/SaveSheetSlot.tsx'
import { ReportSlot } from '../things/reporting/ReportSlot.tsx'
import { TimeSlot } from '../things/time/TimeSlot.tsx'
import { DirectSlot } from './DirectSlot.tsx'
import { StoryViewsSlot } from './StoryViewsSlot.tsx'

const handleLeft = (userId: string) =>
  void import('./forget-drafts.ts').then(({ forgetDrafts }) => forgetDrafts(userId))

/** What the first picture does not wait for. */
export default function LateSlots() {
  return (
    <>
      <StoryViewsSlot />
      <DirectSlot />
      <SaveSheetSlot />
      <ProofSlot />
      <ReportSlot />
      <TimeSlot />
      <SwitcherSlot onLeft={handleLeft} />
    </>
  )
}
