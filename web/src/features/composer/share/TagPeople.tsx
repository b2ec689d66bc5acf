import { UserRound } from 'lucide-react'
import { useState } from 'react'
import { ratioOf } from '../../../editor/crop/crop.ts'
import { t } from '../../../things/tags/messages.ts'
import { TagEditor } from '../../../things/tags/TagEditor.tsx'
import { Button } from '../../../ui/Button.tsx'
import { useComposer, useDraft, usePreviews } from '../composer-context.ts'
import { DevelopedCanvas } from '../preview/DevelopedCanvas.tsx'
import { exposureOf } from '../stage/exposure-of.ts'

/** Who is in the pictures; those that this browser cannot show are tagged once they are posted. */
export function TagPeople() {
  const { session } = useComposer()
  const { shots, people } = useDraft()
  const previews = usePreviews()
  const [open, setOpen] = useState(false)
  const pictures = shots.present.flatMap((shot) => {
    const preview = previews.get(shot.id)
    if (preview?.state !== 'seen') return []
    const ratio = ratioOf(shot.framing, preview.decoded.size)
    const exposure = exposureOf(shot, preview.decoded)
    return [{ key: shot.id, ratio, drawn: <DevelopedCanvas exposure={exposure} ratio={ratio} /> }]
  })
  if (pictures.length === 0) return null
  const count = new Set(shots.present.flatMap(({ id }) => (people[id] ?? []).map(({ username }) => username)))
    .size
  return (
    <section>
      <Button
        icon={UserRound}
        label={count > 0 ? `${t('tags.edit')} · ${t('tags.count', { count })}` : t('tags.edit')}
        pressed={open}
        wide
        onPress={() => setOpen(!open)}
      />
      {open && (
        <TagEditor
          pictures={pictures}
          tags={people}
          onChange={(id, tags) => session.dispatch({ type: 'tagged', id, tags })}
        />
      )}
    </section>
  )
}
