import { limits } from '@tintype/contract'
import { useCell } from '../../../kit/cell.ts'
import { fineClockText } from '../../../ui/clock-text.ts'
import { Slider } from '../../../ui/Slider.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { t } from '../messages.ts'
import type { SceneFilm, ScenePicture } from '../scene/scene.ts'
import { useStory } from '../story-context.ts'

/** Seconds that are kept at least. */
const SHORTEST = 0.5
const STEP = 0.1

/** Which part of the film is shown, a minute at most, and whether it is heard. */
export function FilmTools({ picture, film }: { picture: ScenePicture; film: SceneFilm }) {
  const session = useStory()
  const preview = useCell(session.previews).get(picture.fileId)
  const seconds = preview?.seconds ?? film.end
  const change = (next: Partial<SceneFilm>, stroke: string | null = null) =>
    session.change((scene) => ({ ...scene, picture: { ...picture, film: { ...film, ...next } } }), stroke)
  const { start, end } = film
  const most = limits.storyVideoSeconds
  const handleStart = (value: number) => {
    if (end === null || seconds === null) return
    const begin = Math.min(value, seconds - SHORTEST)
    change(
      { start: begin, end: Math.min(seconds, begin + most, Math.max(end, begin + SHORTEST)) },
      'film-start',
    )
  }
  const handleEnd = (value: number) => {
    const until = Math.max(value, SHORTEST)
    change({ end: until, start: Math.min(Math.max(start, until - most), until - SHORTEST) }, 'film-end')
  }
  return (
    <>
      {end !== null && seconds !== null && seconds > 2 * SHORTEST && (
        <>
          <Slider
            label={t('film.start')}
            value={start}
            min={0}
            max={seconds - SHORTEST}
            step={STEP}
            text={fineClockText(start)}
            onChange={handleStart}
            onRest={session.rest}
          />
          <Slider
            label={t('film.end')}
            value={end}
            min={SHORTEST}
            max={seconds}
            step={STEP}
            text={fineClockText(end)}
            onChange={handleEnd}
            onRest={session.rest}
          />
        </>
      )}
      <Switch label={t('film.mute')} checked={film.mute} onChange={(mute) => change({ mute })} />
    </>
  )
}
