import { limits, textLength } from '@tintype/contract'
import { canvasFont, type FontName } from './fonts.ts'
import { readableOn } from './paints.ts'
import type { Scene, StickerContent, TextContent, Thing } from './scene.ts'

/** How wide a text is in a font of so many pixels. */
export type Measure = (text: string, font: string) => number

/** A text or an emoji, ready to be drawn around its middle. Pixels; degrees. */
export interface DrawnWords {
  x: number
  y: number
  rotation: number
  font: string
  color: string
  /** Behind each line; null for none. */
  pill: string | null
  /** Left edge and middle of each line, from the middle of all. */
  lines: { text: string; x: number; y: number; width: number }[]
  lineHeight: number
  /** Of a pill around its line. */
  padding: number
  box: { width: number; height: number }
}

/** Of the frame; a longer line is broken. */
const WIDEST = 0.88
const LINE_HEIGHT = 1.28
const PADDING = 0.32
/** Fonts are measured at this size and scaled, so that lines break alike however large the frame is. */
const MEASURED_AT = 100

/** What of a scene is written into the picture, in a frame of so many pixels. */
export const wordsOf = (
  scene: Pick<Scene, 'things'>,
  frame: { width: number; height: number },
  measure: Measure,
): DrawnWords[] => scene.things.flatMap((thing) => wordsOfThing(thing, frame, measure) ?? [])

export function wordsOfThing(
  thing: Thing,
  frame: { width: number; height: number },
  measure: Measure,
): DrawnWords | undefined {
  if (thing.kind === 'sticker') return undefined
  const { place } = thing
  const pixels = place.size * frame.width
  const font: FontName = thing.kind === 'text' ? thing.font : 'plain'
  const widthOf = (text: string) => (measure(text, canvasFont(font, MEASURED_AT)) / MEASURED_AT) * pixels
  const padding = thing.kind === 'text' && thing.pill ? PADDING * pixels : 0
  const room = WIDEST * frame.width - 2 * padding
  const lines = thing.kind === 'text' ? breakLines(shownText(thing), room, widthOf) : [thing.emoji]
  const lineHeight = pixels * LINE_HEIGHT
  const widths = lines.map(widthOf)
  const width = Math.max(...widths, 1)
  const align = thing.kind === 'text' ? thing.align : 'center'
  const share = { left: 0, center: 0.5, right: 1 }[align]
  return {
    x: place.x * frame.width,
    y: place.y * frame.height,
    rotation: place.rotation,
    font: canvasFont(font, pixels),
    color: thing.kind === 'text' ? (thing.pill ? readableOn(thing.color) : thing.color) : '#000000',
    pill: thing.kind === 'text' && thing.pill ? thing.color : null,
    lines: lines.map((text, index) => ({
      text,
      width: widths[index] ?? 0,
      x: -width / 2 + (width - (widths[index] ?? 0)) * share,
      y: (index - (lines.length - 1) / 2) * lineHeight,
    })),
    lineHeight,
    padding,
    box: { width: width + 2 * padding, height: lines.length * lineHeight },
  }
}

/** A poster shouts. */
const shownText = ({ text, font }: TextContent): string =>
  font === 'poster' ? text.toLocaleUpperCase() : text

/** Breaks at blanks, and within a word that is wider than a line. */
export function breakLines(text: string, room: number, widthOf: (text: string) => number): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const lines: string[] = []
    let line = ''
    for (const word of paragraph.split(/(?<=\s)/u)) {
      if (widthOf((line + word).trimEnd()) <= room) {
        line += word
        continue
      }
      if (line) lines.push(line.trimEnd())
      line = ''
      for (const letter of lettersOf(word)) {
        if (line && widthOf((line + letter).trimEnd()) > room) {
          lines.push(line)
          line = ''
        }
        line += letter
      }
    }
    return [...lines, line.trimEnd()]
  })
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })
/** As a person counts them: a family is one. */
export const lettersOf = (text: string): string[] =>
  [...segmenter.segment(text)].map(({ segment }) => segment)

/** What is written in a scene, for who cannot see it. */
export function spokenText({ things }: Scene): string {
  const said = things.flatMap((thing) =>
    thing.kind === 'text' ? thing.text.replace(/\s+/g, ' ').trim() : [],
  )
  return cut(said.filter(Boolean).join('\n'), limits.altText)
}

function cut(text: string, most: number): string {
  const letters = lettersOf(text)
  while (textLength(letters.join('')) > most) letters.pop()
  return letters.join('')
}

/** The names of stickers for who hears them: what they say, without their kind. */
export function stickerText(sticker: StickerContent): string {
  switch (sticker.kind) {
    case 'mention':
      return `@${sticker.username}`
    case 'hashtag':
      return `#${sticker.tag}`
    case 'place':
      return sticker.place.name
    case 'countdown':
      return sticker.title
    case 'link':
      return sticker.label || hostOf(sticker.url)
    case 'poll':
    case 'slider':
      return sticker.question ?? ''
    case 'question':
    case 'quiz':
      return sticker.question
  }
}

/** Where a link leads. */
export function hostOf(url: string): string {
  try {
    return new URL(url).host.replace(/^www\./, '')
  } catch {
    return url
  }
}
