import { type CSSProperties, type KeyboardEvent, useLayoutEffect, useRef } from 'react'
import { classes } from '../../../ui/classes.ts'
import { t } from '../messages.ts'
import { measureText } from '../render/draw.ts'
import { STORY_SIZE } from '../render/render-story.ts'
import { byKey } from '../scene/place.ts'
import type { Place, Thing } from '../scene/scene.ts'
import { stickerText, wordsOfThing } from '../scene/words.ts'
import { StickerFace } from '../stickers/StickerFace.tsx'
import { useStory } from '../story-context.ts'
import styles from './Frame.module.css'
import { shownRatio } from './ratio.ts'

interface ThingHandleProps {
  thing: Thing
  isSelected: boolean
  /** Nothing can be taken hold of, as somebody draws. */
  isFixed: boolean
  hintId: string
  onPlace: (place: Place) => void
  onEdit: () => void
}

/** By what a text, an emoji or a sticker is held: pointers by the frame, keys here. A sticker shows itself in it. */
export function ThingHandle({ thing, isSelected, isFixed, hintId, onPlace, onEdit }: ThingHandleProps) {
  const session = useStory()
  const button = useRef<HTMLButtonElement>(null)
  const sticker = thing.kind === 'sticker' ? thing.sticker : null
  useLayoutEffect(() => {
    if (sticker) session.settle(thing.id, shownRatio(button.current))
  }, [sticker, thing.id, session])
  const handleKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const next = byKey(thing.place, event.key, event.shiftKey)
    if (next) onPlace(next)
    else if (event.key === 'Delete' || event.key === 'Backspace') {
      event.currentTarget.closest<HTMLElement>('[data-story-composer]')?.focus()
      session.remove(thing.id)
    } else return
    event.preventDefault()
  }
  return (
    <button
      ref={button}
      type="button"
      data-thing={thing.id}
      data-selected={isSelected || undefined}
      className={classes(styles.thing, isSelected && styles.selected)}
      style={styleOf(thing)}
      aria-label={nameOf(thing)}
      aria-describedby={hintId}
      disabled={isFixed}
      onFocus={() => session.select(thing.id)}
      onBlur={session.rest}
      onKeyDown={handleKey}
      // Of keys: taps are the frame's.
      onClick={(event) => event.detail === 0 && onEdit()}
    >
      {sticker && <StickerFace sticker={sticker} />}
    </button>
  )
}

function styleOf(thing: Thing): CSSProperties {
  const { x, y, size, rotation } = thing.place
  const words = wordsOfThing(thing, STORY_SIZE, measureText)
  return {
    left: `${x * 100}%`,
    top: `${y * 100}%`,
    width: `${(words ? words.box.width / STORY_SIZE.width : size) * 100}%`,
    height: words ? `${(words.box.height / STORY_SIZE.height) * 100}%` : undefined,
    rotate: `${rotation}deg`,
  }
}

export function nameOf(thing: Thing): string {
  if (thing.kind === 'text') return t('thing.text', { text: thing.text })
  if (thing.kind === 'emoji') return t('thing.emoji', { emoji: thing.emoji })
  const text = stickerText(thing.sticker)
  const kind = t(`sticker.${thing.sticker.kind}`)
  return text ? t('thing.named', { kind, text }) : kind
}
