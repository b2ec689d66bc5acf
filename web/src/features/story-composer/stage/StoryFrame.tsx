import { type KeyboardEvent, type RefObject, useCallback, useEffect, useId, useRef, useState } from 'react'
import { classes } from '../../../ui/classes.ts'
import { t } from '../messages.ts'
import { drawGround, drawStrokes, drawWords, measureText } from '../render/draw.ts'
import { byKey, moveBy, type Point, settle } from '../scene/place.ts'
import type { Place, Thing } from '../scene/scene.ts'
import { wordsOf } from '../scene/words.ts'
import { useDecoded, useDraft, useStory } from '../story-context.ts'
import { DrawingLayer } from './DrawingLayer.tsx'
import { FilmLayer } from './FilmLayer.tsx'
import styles from './Frame.module.css'
import { FrameCanvas } from './FrameCanvas.tsx'
import type { Pen } from './pen.ts'
import { handleOf, shownRatio } from './ratio.ts'
import { ThingHandle } from './ThingHandle.tsx'
import { type Target, useGestures } from './use-gestures.ts'

interface StoryFrameProps {
  /** Set while the member draws. */
  pen: Pen | null
  /** The next tap says where the selected thing goes. */
  placing: boolean
  onPlaced: () => void
  onEdit: (thing: Thing) => void
}

const PICTURE = 'picture'

/** The story as it will be seen, 9:16; everything in it can be taken hold of. */
export function StoryFrame({ pen, placing, onPlaced, onEdit }: StoryFrameProps) {
  const session = useStory()
  const { scene, selected } = useDraft()
  const { present } = scene
  const frame = useRef<HTMLDivElement>(null)
  const width = useWidth(frame)
  const hintId = useId()

  const { thingOf, placeThing, placePicture, gestures, held } = useTaking(frame, {
    placing,
    onPlaced,
    onEdit,
  })
  const handlePictureKey = (event: KeyboardEvent) => {
    const next = present.picture && byKey(present.picture.place, event.key, event.shiftKey)
    if (!next || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    placePicture(next, 'keys')
  }

  return (
    <div
      ref={frame}
      className={classes(styles.frame, placing && styles.placing)}
      {...(pen ? {} : gestures)}
      data-frame
    >
      <SceneLayers width={width} />
      {present.picture && !pen && (
        <div
          role="application"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the picture is moved by keys
          tabIndex={0}
          className={styles.picture}
          aria-label={t('frame.picture')}
          aria-describedby={hintId}
          onKeyDown={handlePictureKey}
          onBlur={session.rest}
        />
      )}
      {present.things.map((thing) => (
        <ThingHandle
          key={thing.id}
          thing={thing}
          isSelected={thing.id === selected}
          isFixed={pen !== null}
          hintId={hintId}
          onPlace={(next) => placeThing(thing, next, 'keys')}
          onEdit={() => onEdit(thing)}
        />
      ))}
      {thingOf(held)?.kind === 'sticker' && <span className={styles.safe} aria-hidden="true" />}
      {pen && (
        <DrawingLayer
          frame={frame}
          width={width}
          pen={pen}
          onStroke={(stroke) => session.change((now) => ({ ...now, strokes: [...now.strokes, stroke] }))}
        />
      )}
      <p id={hintId} hidden>
        {t('frame.keys')}
      </p>
    </div>
  )
}

/** How things and the picture are taken hold of, by pointers. */
function useTaking(
  frame: RefObject<HTMLElement | null>,
  { placing, onPlaced, onEdit }: Omit<StoryFrameProps, 'pen'>,
) {
  const session = useStory()
  const { scene, selected } = useDraft()
  const { present } = scene
  const [held, setHeld] = useState<string | null>(null)
  const before = useRef(selected)
  const thingOf = (id: string | null) => present.things.find((thing) => thing.id === id)
  const placeThing = (thing: Thing, next: Place, stroke: string) =>
    session.place(thing, next, shownRatio(handleOf(thing.id)), `${stroke}:${thing.id}`)
  const placePicture = (next: Place, stroke: string) =>
    session.change(
      ({ picture, ...rest }) => ({
        ...rest,
        picture: picture && { ...picture, place: settle(picture.film ? 'film' : PICTURE, next, 1) },
      }),
      `${stroke}:picture`,
    )
  const targetAt = (element: Element): Target | null => {
    const thing = thingOf(element.closest('[data-thing]')?.getAttribute('data-thing') ?? null)
    if (thing)
      return { key: thing.id, place: thing.place, onPlace: (next, stroke) => placeThing(thing, next, stroke) }
    return present.picture && { key: PICTURE, place: present.picture.place, onPlace: placePicture }
  }
  const handleTap = (key: string | null, point: Point) => {
    const moving = placing && thingOf(selected)
    if (moving) {
      placeThing(moving, moveBy(moving.place, point.x - moving.place.x, point.y - moving.place.y), 'tap')
      return onPlaced()
    }
    const thing = thingOf(key)
    if (!thing) return session.select(null)
    if (before.current === thing.id) onEdit(thing)
  }
  const gestures = useGestures(frame, {
    targetAt,
    onTake: (key) => {
      before.current = session.draft.get().selected
      if (key !== PICTURE && !placing) session.select(key)
    },
    onTap: handleTap,
    onRest: session.rest,
    onActive: setHeld,
  })
  return { thingOf, placeThing, placePicture, gestures, held }
}

/** What of the scene becomes the picture. While it is drawn on, `DrawingLayer` shows the line under the pen as well. */
function SceneLayers({ width }: { width: number }) {
  const { scene, files } = useDraft()
  const { present } = scene
  const decoded = useDecoded()
  const { ground, picture, strokes, things } = present
  const source = files.get(picture?.fileId ?? '')
  // Each layer anew only for what it shows: dragging a text does not blur the picture again.
  const drawBack = useCallback(
    (context: CanvasRenderingContext2D, size: { width: number; height: number }) =>
      drawGround(context, size, { ground, picture }, decoded),
    [ground, picture, decoded],
  )
  const drawLines = useCallback(
    (context: CanvasRenderingContext2D, size: { width: number; height: number }) =>
      drawStrokes(context, size, strokes),
    [strokes],
  )
  const drawText = useCallback(
    (context: CanvasRenderingContext2D, size: { width: number; height: number }) =>
      drawWords(context, wordsOf({ things }, size, measureText)),
    [things],
  )
  return (
    <>
      <FrameCanvas width={width} draw={drawBack} />
      {picture?.film && source && decoded && (
        <FilmLayer picture={picture} film={picture.film} file={source.file} size={decoded.size} />
      )}
      <FrameCanvas width={width} draw={drawLines} />
      <FrameCanvas width={width} draw={drawText} />
    </>
  )
}

function useWidth(ref: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0)
  useEffect(() => {
    const element = ref.current
    if (!element) return
    const measure = () => setWidth(element.clientWidth)
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [ref])
  return width
}
