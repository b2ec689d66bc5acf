import { describe, expect, it } from 'vitest'
import { emptyScene, type TextContent, type Thing } from './scene.ts'
import { breakLines, spokenText, wordsOf } from './words.ts'

/** Each letter is half as wide as the font is high. */
const measure = (text: string, font: string) => {
  const pixels = Number(/ ([\d.]+)px/.exec(font)?.[1])
  return [...text].length * pixels * 0.5
}
const text = (part: Partial<TextContent & { id: string }>): Thing => ({
  kind: 'text',
  text: 'Low tide',
  font: 'plain',
  color: '#ffffff',
  align: 'center',
  pill: false,
  id: 'a',
  place: { x: 0.5, y: 0.25, size: 0.1, rotation: -10 },
  ...part,
})
const frame = { width: 1080, height: 1920 }
const drawn = (...things: Thing[]) => wordsOf({ ...emptyScene, things }, frame, measure)

describe('what is written into the picture', () => {
  it('stands around its middle, in pixels of the frame', () => {
    const [words] = drawn(text({}))
    expect(words).toMatchObject({ x: 540, y: 480, rotation: -10, color: '#ffffff', pill: null, padding: 0 })
    expect(words?.lines).toEqual([{ text: 'Low tide', width: 432, x: -216, y: 0 }])
  })

  it('breaks and aligns its lines alike in every frame', () => {
    const long = text({ text: 'The boats lie on the mud\nuntil six', align: 'right' })
    const [large] = drawn(long)
    const [small] = wordsOf({ things: [long] }, { width: 108, height: 192 }, measure)
    expect(large?.lines.map((line) => line.text)).toEqual(['The boats lie on', 'the mud', 'until six'])
    expect(small?.lines.map((line) => line.text)).toEqual(large?.lines.map((line) => line.text))
    // All end at the same edge, the lines of one height apart.
    expect(new Set(large?.lines.map(({ x, width }) => x + width))).toEqual(new Set([432]))
    expect(large?.lines.map(({ y }) => Math.round(y))).toEqual([-138, 0, 138])
  })

  it('is read on a pill of any colour', () => {
    expect(drawn(text({ pill: true, color: '#ffd84d' }))[0]).toMatchObject({
      pill: '#ffd84d',
      color: '#16110e',
    })
    expect(drawn(text({ pill: true, color: '#2f6fde' }))[0]).toMatchObject({ color: '#ffffff' })
  })

  it('has emoji in it, and no sticker', () => {
    const place = { x: 0.5, y: 0.5, size: 0.2, rotation: 0 }
    const words = drawn(
      { kind: 'emoji', emoji: '🔥', id: 'b', place },
      { kind: 'sticker', sticker: { kind: 'hashtag', tag: 'sea' }, id: 'c', place },
    )
    expect(words.map(({ lines }) => lines[0]?.text)).toEqual(['🔥'])
  })

  it('breaks a word that is wider than a line, and never a letter', () => {
    const widthOf = (line: string) => [...new Intl.Segmenter('en').segment(line)].length
    expect(breakLines('aaaaaaa b', 3, widthOf)).toEqual(['aaa', 'aaa', 'a b'])
    expect(breakLines('👨‍👩‍👧👨‍👩‍👧', 1, widthOf)).toEqual(['👨‍👩‍👧', '👨‍👩‍👧'])
    expect(breakLines('a\n\nb', 9, widthOf)).toEqual(['a', '', 'b'])
  })
})

it('says to who cannot see it what is written, as far as the server takes it', () => {
  const things = [text({ text: 'Low\ntide ' }), text({ id: 'b', text: 'x'.repeat(2000) })]
  const said = spokenText({ ...emptyScene, things })
  expect(said.startsWith('Low tide\nxxx')).toBe(true)
  expect(said).toHaveLength(1000)
})
