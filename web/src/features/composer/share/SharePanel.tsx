import { useMember } from '../../../data/member.ts'
import { PlaceField } from '../../../things/composing/PlaceField.tsx'
import { Avatar } from '../../../ui/Avatar.tsx'
import { useComposer, useDraft } from '../composer-context.ts'
import { AltTexts } from './AltTexts.tsx'
import { AskAuthors } from './AskAuthors.tsx'
import { AudienceChoice } from './AudienceChoice.tsx'
import { CaptionField } from './CaptionField.tsx'
import { DraftChoices } from './DraftChoices.tsx'
import { ReelChoice } from './ReelChoice.tsx'
import { ScheduleChoice } from './ScheduleChoice.tsx'
import styles from './SharePanel.module.css'
import { TagPeople } from './TagPeople.tsx'

/** What goes with the pictures. */
export function SharePanel() {
  const { session } = useComposer()
  const { caption, place, circles } = useDraft()
  const isForAll = circles.length === 0
  const me = useMember()
  return (
    <div className={styles.panel}>
      <div className={styles.author}>
        <Avatar user={me} size={32} />
        <span>{me.username}</span>
      </div>
      <CaptionField
        value={caption}
        onChange={(text) => session.dispatch({ type: 'wrote', text: { caption: text } })}
      />
      <AudienceChoice />
      <AltTexts />
      <TagPeople />
      {isForAll && <AskAuthors />}
      <PlaceField
        value={place}
        onChange={(next) => session.dispatch({ type: 'wrote', text: { place: next } })}
      />
      {isForAll && <ReelChoice />}
      <DraftChoices />
      <ScheduleChoice />
    </div>
  )
}
