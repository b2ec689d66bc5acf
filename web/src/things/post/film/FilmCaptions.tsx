import type { Video } from '@tintype/contract'
import { Captions, CaptionsOff } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useStored, writeStored } from '../../../data/storage.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { t } from './messages.ts'

/** Lines from the bottom, so that nothing of it is behind the controls. */
const LINE = -4
const NAME = 'tintype.captions'

const useCaptions = (): boolean => useStored(NAME) === 'on'

/** What is said in a film, inside of it, where its viewer wants to read that; remembered by this browser. */
export function CaptionsTrack({ film }: { film: Video }) {
  const track = useRef<HTMLTrackElement>(null)
  const isOn = useCaptions()
  const { captions } = film
  // At each turn: another address is another track. What is off is not even loaded.
  useEffect(() => {
    if (track.current?.track) track.current.track.mode = isOn ? 'showing' : 'disabled'
  })
  if (!captions) return null
  const handleLoad = () => {
    for (const cue of track.current?.track.cues ?? []) if ('line' in cue) cue.line = LINE
  }
  return (
    <track
      ref={track}
      kind="captions"
      src={captions.url}
      srcLang={captions.language}
      label={languageName(captions.language)}
      onLoad={handleLoad}
    />
  )
}

/** Nothing where nothing is written down. */
export function CaptionsButton({ film }: { film: Video }) {
  const isOn = useCaptions()
  if (!film.captions) return null
  return (
    <IconButton
      icon={isOn ? Captions : CaptionsOff}
      label={t(isOn ? 'film.captionsOff' : 'film.captionsOn')}
      tone="veil"
      size="small"
      onPress={() => writeStored(NAME, isOn ? null : 'on')}
    />
  )
}

const languageName = (code: string): string =>
  new Intl.DisplayNames('en', { type: 'language' }).of(code) ?? code
