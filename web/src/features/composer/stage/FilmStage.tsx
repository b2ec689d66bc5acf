import type { FilmClip } from '@tintype/contract'
import type { CompiledFilter } from '@tintype/contract/filter-compile'
import { type ComponentProps, type RefObject, useEffect, useRef, useState } from 'react'
import type { Size } from '../../../editor/crop/crop.ts'
import { prefersStill } from '../../../shell/viewport.ts'
import { useObjectUrl } from '../../../ui/use-object-url.ts'
import type { Selected } from '../composer-context.ts'
import { type Cut, isFilm } from '../draft/draft.ts'
import { compileLook, filterOf, isPlain } from '../draft/look.ts'
import { t } from '../messages.ts'
import { drawFrames } from '../preview/draw-frames.ts'
import styles from './FilmStage.module.css'
import { nextPlace, placeOf } from './follow-clips.ts'
import { UnseenPicture } from './UnseenPicture.tsx'

/** The selected film, as far as this browser can play it: the part that is kept, over and over. `isDeveloped`: with its filter. */
export function FilmStage({ selected, isDeveloped }: { selected: Selected; isDeveloped: boolean }) {
  const { shot, source, index } = selected
  const url = useObjectUrl(source.file)
  const [isUnknown, setUnknown] = useState(false)
  if (isUnknown) return <UnseenPicture framing={shot.framing} size={source.size} />
  const label = t('stage.film', { n: index + 1 })
  if (!url) return null
  // A picture that moves moves by itself.
  if (!isFilm(source)) return <img className={styles.film} src={url} alt={label} />
  const props = { cut: shot.cut, url, onUnknown: () => setUnknown(true) }
  const look = filterOf(shot.look)
  return isDeveloped && source.size && !isPlain(look) ? (
    <DevelopedFilm {...props} label={label} size={source.size} filter={compileLook(look)} />
  ) : (
    <Player {...props} controls aria-label={label} muted={shot.cut.mute} />
  )
}

interface DevelopedFilmProps extends Pick<PlayerProps, 'cut' | 'url' | 'onUnknown'> {
  label: string
  size: Size
  filter: CompiledFilter
}

/** Its frames are drawn over it; a press stops it and has it go on. */
function DevelopedFilm({ label, size, filter, ...props }: DevelopedFilmProps) {
  const film = useRef<HTMLVideoElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    if (film.current && canvas.current) return drawFrames(film.current, canvas.current, filter)
  }, [filter])
  const handlePress = () => {
    if (film.current?.paused) void film.current.play().catch(() => undefined)
    else film.current?.pause()
  }
  const ratio = size.width / size.height
  return (
    <button
      type="button"
      className={styles.developed}
      style={{ aspectRatio: ratio, inlineSize: `min(100cqi, 100cqb * ${ratio})` }}
      aria-label={t('stage.playFilm', { film: label })}
      onClick={handlePress}
    >
      <Player {...props} film={film} muted autoPlay={!prefersStill()} />
      <canvas ref={canvas} />
    </button>
  )
}

interface PlayerProps
  extends Pick<ComponentProps<'video'>, 'aria-label' | 'autoPlay' | 'controls' | 'muted'> {
  cut: Cut
  url: string
  film?: RefObject<HTMLVideoElement | null>
  onUnknown: () => void
}

function Player({ cut, url, film: given, onUnknown, ...props }: PlayerProps) {
  const own = useRef<HTMLVideoElement>(null)
  const film = given ?? own
  const { start, end, cover, speed, clips } = cut
  useClips(film, clips)
  useEffect(() => {
    if (film.current && !clips) film.current.playbackRate = speed
  }, [film, clips, speed])
  // What is being chosen is shown.
  useEffect(() => seek(film.current, start), [film, start])
  useEffect(() => seek(film.current, end), [film, end])
  const still = cover !== null && clips ? placeOf(clips, cover).time : cover
  useEffect(() => seek(film.current, still), [film, still])
  const handleTime = () => {
    const { current } = film
    if (!current || current.paused || clips) return
    const { currentTime } = current
    if (currentTime < start || (end !== null && currentTime >= end)) current.currentTime = start
  }
  return (
    <video
      {...props}
      ref={film}
      className={styles.film}
      src={url}
      loop
      playsInline
      onTimeUpdate={handleTime}
      onError={onUnknown}
    />
  )
}

const LOOK_MS = 40

/** Plays clips in their order, each as fast as it is to be. */
function useClips(film: RefObject<HTMLVideoElement | null>, clips: readonly FilmClip[] | null): void {
  useEffect(() => {
    if (!clips) return
    let index = 0
    const timer = setInterval(() => {
      const { current } = film
      if (!current || current.paused) return
      const next = nextPlace(clips, index, current.currentTime)
      if (next) {
        current.currentTime = next.time
        index = next.index
      }
      current.playbackRate = clips[index]?.speed ?? 1
    }, LOOK_MS)
    return () => clearInterval(timer)
  }, [film, clips])
}

function seek(film: HTMLVideoElement | null, to: number | null): void {
  if (!film || to === null || film.readyState === 0) return
  film.pause()
  film.currentTime = to
}
