import { CircleChoice } from '../../../things/circles/CircleChoice.tsx'
import { t } from '../../../things/circles/messages.ts'
import { useComposer, useDraft } from '../composer-context.ts'

/** Who sees the post. With another's sound it is a reel, which is for all. */
export function AudienceChoice() {
  const { session } = useComposer()
  const { circles, sound } = useDraft()
  if (sound) return null
  return (
    <CircleChoice
      all={t('circles.all')}
      chosen={circles}
      onChange={(next) => session.dispatch({ type: 'wrote', text: { circles: next } })}
    />
  )
}
