import { Music2 } from 'lucide-react'
import { Button } from '../../../ui/Button.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { useComposer, useDraft } from '../composer-context.ts'
import { type Draft, isReel, reelFilmOf } from '../draft/draft.ts'
import { t } from '../messages.ts'
import styles from './ReelChoice.module.css'

/** Of a single film: whether it is a reel, and whose sound it has. */
export function ReelChoice() {
  const { session } = useComposer()
  const draft = useDraft()
  const film = reelFilmOf(draft)
  if (!film) return null
  const { sound, sharesSound } = draft
  const choose = (text: Partial<Pick<Draft, 'asReel' | 'sharesSound' | 'sound'>>) =>
    session.dispatch({ type: 'wrote', text })
  const isOne = isReel(draft)
  return (
    <>
      <Switch
        label={t('reel.label')}
        hint={t('reel.hint')}
        checked={isOne}
        disabled={sound !== null}
        onChange={(asReel) => choose({ asReel })}
      />
      {isOne && sound && (
        <div className={styles.sound}>
          <Music2 aria-hidden size={18} />
          <p className={styles.words}>{t('reel.sound', { name: sound.username })}</p>
          <Button
            label={t('reel.ownSound')}
            tone="quiet"
            size="small"
            onPress={() => choose({ sound: null })}
          />
        </div>
      )}
      {isOne && !sound && !film.shot.cut.mute && (
        <Switch
          label={t('reel.share')}
          hint={t('reel.shareHint')}
          checked={sharesSound}
          onChange={(next) => choose({ sharesSound: next })}
        />
      )}
    </>
  )
}
