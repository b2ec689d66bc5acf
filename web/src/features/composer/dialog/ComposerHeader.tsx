import { ArrowLeft, Redo2, Undo2, X } from 'lucide-react'
import { useState } from 'react'
import { faultOf, instantOf } from '../../../things/scheduling/when.ts'
import { Button } from '../../../ui/Button.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { useComposer, useDraft } from '../composer-context.ts'
import { type Draft, steps } from '../draft/draft.ts'
import { checkCaption } from '../draft/post-text.ts'
import { t } from '../messages.ts'
import styles from './ComposerHeader.module.css'
import { StepTrail } from './StepTrail.tsx'

interface ComposerHeaderProps {
  onLeave: () => void
  /** The post is on its way. */
  onShared: () => void
}

/** A draft that was kept may be of a time that is over by now. */
const isReady = ({ caption, publishAt }: Draft): boolean =>
  checkCaption(caption).ok && (publishAt === null || faultOf(instantOf(publishAt), Date.now()) === null)

/** Back, where one is, undo and redo, and on. */
export function ComposerHeader({ onLeave, onShared }: ComposerHeaderProps) {
  const { session } = useComposer()
  const draft = useDraft()
  const [sharing, setSharing] = useState(false)
  const at = steps.indexOf(draft.step)
  const handleBack = () => {
    const before = steps[at - 1]
    // From the first picture on, back does not lead to choosing: that would look as if all was lost.
    if (before && before !== 'pick') session.dispatch({ type: 'stepped', step: before })
    else onLeave()
  }
  const handleNext = async () => {
    const next = steps[at + 1]
    if (next) return session.dispatch({ type: 'stepped', step: next })
    setSharing(true)
    await session.share()
    onShared()
  }
  const isFirst = at <= 1
  const hasHistory = draft.shots.past.length + draft.shots.future.length > 0
  return (
    <header className={styles.head}>
      <div className={styles.start}>
        <IconButton
          icon={isFirst ? X : ArrowLeft}
          size="small"
          label={isFirst ? t('close') : t('back')}
          onPress={handleBack}
        />
        {draft.step !== 'share' && hasHistory && (
          <div className={styles.history}>
            <IconButton
              icon={Undo2}
              size="small"
              label={t('undo')}
              disabled={draft.shots.past.length === 0}
              onPress={() => session.dispatch({ type: 'undone' })}
            />
            <IconButton
              icon={Redo2}
              size="small"
              label={t('redo')}
              disabled={draft.shots.future.length === 0}
              onPress={() => session.dispatch({ type: 'redone' })}
            />
          </div>
        )}
      </div>
      {draft.step === 'pick' ? <p className={styles.title}>{t('title')}</p> : <StepTrail />}
      <div className={styles.end}>
        {draft.step !== 'pick' && (
          <Button
            label={
              draft.step === 'share' ? t(draft.publishAt === null ? 'share' : 'schedule.action') : t('next')
            }
            tone={draft.step === 'share' ? 'primary' : 'text'}
            size="small"
            busy={sharing}
            disabled={draft.step === 'share' && !isReady(draft)}
            onPress={() => void handleNext()}
          />
        )}
      </div>
    </header>
  )
}
