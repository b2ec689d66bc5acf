import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { type PostId, type Sound, TintypeError } from '@tintype/contract'
import { Music2, Pause, Play } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useMe } from '../../data/member.ts'
import { openComposer } from '../../shell/composer-slot.ts'
import { LoadError } from '../../shell/LoadError.tsx'
import { ScreenHead } from '../../shell/ScreenHead.tsx'
import wide from '../../shell/Wide.module.css'
import { t } from '../../things/reels/messages.ts'
import { ReelGrid } from '../../things/reels/ReelGrid.tsx'
import { reelsWith, soundQuery } from '../../things/reels/reel-lists.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Button } from '../../ui/Button.tsx'
import { clockText } from '../../ui/clock-text.ts'
import { CrookedFrame } from '../../ui/drawings/CrookedFrame.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import styles from './SoundScreen.module.css'

/** A sound, and the reels that use it. */
export default function SoundScreen() {
  const { soundId } = useParams({ from: '/frame/sounds/$soundId' })
  const id = soundId as PostId
  const query = useQuery(soundQuery(id))
  const list = useMemo(() => reelsWith(id), [id])
  const isGone = query.error instanceof TintypeError && query.error.code === 'not_found'
  const title = query.data ? t('sound.title', { name: query.data.user.username }) : t('sound.name')
  return (
    <div className={wide.screen}>
      <ScreenHead title={title} back phoneOnly />
      {query.data && (
        <>
          <Head sound={query.data} />
          <ReelGrid label={t('reels.with')} list={list} among={{ sound: id }} empty={null} />
        </>
      )}
      {isGone && (
        <EmptyState drawing={<CrookedFrame />} title={t('sound.missing')} text={t('sound.missingText')} />
      )}
      {query.error && !isGone && <LoadError error={query.error} onRetry={query.refetch} />}
    </div>
  )
}

function Head({ sound }: { sound: Sound }) {
  const me = useMe()
  const { user, sound_id } = sound
  return (
    <section className={styles.head} aria-label={t('sound.name')}>
      <Listen url={sound.url} />
      <div className={styles.words}>
        <p className={styles.name}>
          <Music2 aria-hidden size={18} /> {t('sound.name')}
        </p>
        <Link to="/$username" params={{ username: user.username }} className={styles.author}>
          <Avatar user={user} size={24} />
          {user.username}
        </Link>
        <p className={styles.from}>
          {t('sound.from', { name: user.username, time: clockText(sound.duration_ms / 1000) })}
        </p>
      </div>
      {me && (
        <Button
          label={t('sound.use')}
          tone="primary"
          onPress={() => openComposer([], { sound_id, username: user.username })}
        />
      )}
    </section>
  )
}

function Listen({ url }: { url: string }) {
  const sound = useRef<HTMLAudioElement>(null)
  const [isOn, setOn] = useState(false)
  useEffect(() => () => sound.current?.pause(), [])
  const handlePress = () => {
    const element = sound.current
    if (!element) return
    if (element.paused) void element.play().catch(() => undefined)
    else element.pause()
  }
  return (
    <span className={styles.listen}>
      {/* biome-ignore lint/a11y/useMediaCaption: the same as the reel, whose captions are its own */}
      <audio
        ref={sound}
        src={url}
        preload="none"
        onPlay={() => setOn(true)}
        onPause={() => setOn(false)}
        onEnded={() => setOn(false)}
      />
      <IconButton
        icon={isOn ? Pause : Play}
        label={t(isOn ? 'sound.pause' : 'sound.play')}
        onPress={handlePress}
      />
    </span>
  )
}
