import type { Attachment } from '@tintype/contract'
import { Pause, Play } from 'lucide-react'
import { useRef, useState } from 'react'
import { classes } from '../../../ui/classes.ts'
import { clockText } from '../../../ui/clock-text.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import styles from './MessageBody.module.css'
import { t } from './voice/messages.ts'
import voiceStyles from './voice/Voice.module.css'

type Voice = Extract<Attachment, { type: 'voice' }>

/** The one that is heard: another one that begins ends it. */
let speaking: HTMLAudioElement | undefined

/** What somebody said, as loud as it was when, to be heard from anywhere. */
export function VoiceNote({ voice }: { voice: Voice }) {
  if (!voice.url)
    return <p className={styles.note}>{t(voice.state === 'processing' ? 'developing' : 'failed')}</p>
  return <Player voice={voice} url={voice.url} />
}

function Player({ voice, url }: { voice: Voice; url: string }) {
  const audio = useRef<HTMLAudioElement>(null)
  const [isPlaying, setPlaying] = useState(false)
  const [at, setAt] = useState(0)
  const seconds = voice.duration_ms / 1000
  const handleToggle = () => {
    const { current } = audio
    if (!current) return
    if (!current.paused) return current.pause()
    if (speaking !== current) speaking?.pause()
    speaking = current
    void current.play().catch(() => undefined)
  }
  const handleSeek = (to: number) => {
    if (audio.current) audio.current.currentTime = to
    setAt(to)
  }
  return (
    <figure className={voiceStyles.note} aria-label={t('label', { time: clockText(seconds) })}>
      {/* biome-ignore lint/a11y/useMediaCaption: nobody has written down what is said */}
      <audio
        ref={audio}
        preload="none"
        src={url}
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onTimeUpdate={({ currentTarget }) => setAt(currentTarget.currentTime)}
        onEnded={() => setAt(0)}
      />
      <IconButton
        icon={isPlaying ? Pause : Play}
        label={t(isPlaying ? 'pause' : 'play')}
        onPress={handleToggle}
      />
      <span className={voiceStyles.wave}>
        {voice.waveform.map((loud, index) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: the bars are their places
            key={index}
            aria-hidden="true"
            className={classes(
              voiceStyles.bar,
              index / voice.waveform.length < at / Math.max(0.1, seconds) && voiceStyles.heard,
            )}
            style={{ blockSize: `${Math.max(6, loud)}%` }}
          />
        ))}
        <input
          type="range"
          className={voiceStyles.position}
          aria-label={t('position')}
          aria-valuetext={clockText(at)}
          min={0}
          max={seconds}
          step={0.1}
          value={Math.min(at, seconds)}
          onChange={({ target }) => handleSeek(target.valueAsNumber)}
        />
      </span>
      <span className={voiceStyles.time}>{clockText(isPlaying || at > 0 ? at : seconds)}</span>
    </figure>
  )
}
