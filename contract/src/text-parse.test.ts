import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { limits } from './limits.ts'
import { parseFacets } from './text.ts'
import { isTag, normalizeTag, parseText } from './text-parse.ts'
import { textLength, tidyText } from './text-tidy.ts'

const tags = (text: string) => parseFacets(text).flatMap((f) => (f.type === 'hashtag' ? f.tag : []))
const names = (text: string) => parseFacets(text).flatMap((f) => (f.type === 'mention' ? f.username : []))
const links = (text: string) => parseFacets(text).flatMap((f) => (f.type === 'link' ? f.url : []))

describe('web addresses', () => {
  it.each([
    ['see https://example.org/notes#Decision now', ['https://example.org/notes#Decision']],
    ['https://en.wikipedia.org/wiki/Go_(game)#Rules', ['https://en.wikipedia.org/wiki/Go_(game)#Rules']],
    ['(https://en.wikipedia.org/wiki/Go_(game))', ['https://en.wikipedia.org/wiki/Go_(game)']],
    ['https://example.org/?u=@ben&v=#a', ['https://example.org/?u=@ben&v=#a']],
    ['https://example.org/@ben, and more', ['https://example.org/@ben']],
    ['HTTP://EXAMPLE.ORG/X!', ['HTTP://EXAMPLE.ORG/X']],
    ['“https://example.org/a”.', ['https://example.org/a']],
    ['[https://example.org/a[1]]', ['https://example.org/a[1]']],
    ['www.example.org/#a', ['https://www.example.org/#a']],
    ['写真https://example.orgを見て', ['https://example.org']],
    ['https://münchen.example/größe', ['https://münchen.example/größe']],
    ['https://例え.テスト/道', ['https://例え.テスト/道']],
    ['https://a.example/1 https://b.example/2', ['https://a.example/1', 'https://b.example/2']],
    ['http://192.168.1.4:8080/x…', ['http://192.168.1.4:8080/x']],
  ])('%j is linked as %j and holds no tags or names', (text, urls) => {
    expect({ links: links(text), tags: tags(text), names: names(text) }).toEqual({
      links: urls,
      tags: [],
      names: [],
    })
  })

  it.each([
    'javascript:alert(1)',
    'javascript://example.org/%0aalert(1)#a',
    'data:text/html,<b>',
    'ftp://example.org/@ben#a',
    'gemini://example.org/@ben',
    'https://bank.example@evil.example/#a',
    'https://@ben',
    'example.org/Go_(game)#Rules',
    'example.org/?u=@ben',
    'example.org/@ben',
    'http://',
  ])('%j is neither linked nor searched', (text) => expect(parseFacets(text)).toEqual([]))
})

describe('mentions', () => {
  it.each([
    ['@ben', ['ben']],
    ['@Ben.B, @_x_!', ['ben.b', '_x_']],
    ['.@ben and (@ana)', ['ben', 'ana']],
    ['写真：ありがとう@benさん', ['ben']],
    ['사진@ben님 ขอบคุณ@ana', ['ben', 'ana']],
    ['＠ben and ＠ana', ['ben', 'ana']],
    ['❤️@ben 👍🏽@ana', ['ben', 'ana']],
    ['@ben...', ['ben']],
    ['@ben..ana', ['ben']],
    [`@${'b'.repeat(30)}`, ['b'.repeat(30)]],
  ])('%j names %j', (text, expected) => expect(names(text)).toEqual(expected))

  it.each([
    '@ben@pixelfed.social',
    'by @ben@pixelfed.social.',
    '＠ben＠pixelfed.social',
    'ben@example.org',
    'mailto:ben@example.org',
    'first.@ben',
    'a+@ben',
    'é@ben',
    'e\u0301@ben',
    '@bené',
    '@@ben',
    '@',
    '@.ben',
    `@${'b'.repeat(31)}`,
  ])('%j names nobody', (text) => expect(names(text)).toEqual([]))
})

describe('hashtags', () => {
  it.each([
    ['❤️#sunset', ['sunset']],
    ['☀️#sun', ['sun']],
    ['1️⃣#one', ['one']],
    ['👍🏽#yes 🏴󠁧󠁢󠁳󠁣󠁴󠁿#scotland', ['yes', 'scotland']],
    ['＃夏 写真#海', ['夏', '海']],
    ['#カメラ・旅行', ['カメラ・旅行']],
    ['#ｶﾒﾗ･旅行・', ['カメラ・旅行']],
    ['#สวัสดี #हिन्दी #مَرْحَبًا', ['สวัสดี', 'हिन्दी', 'مَرْحَبًا']],
    ['#col·lecció· x', ['col·lecció']],
    ['#100days, #a_b! (#c)', ['100days', 'a_b', 'c']],
    ['#one1️⃣', ['one']],
    ['#葛\u{e0100}城', ['葛城']],
    ['#ﷺ', ['صلىاللهعليهوسلم']],
  ])('%j has %j', (text, expected) => expect(tags(text)).toEqual(expected))

  it.each([
    '#️⃣',
    '#⃣',
    '#·',
    '#・',
    '#\ufe0f',
    '#\u200d',
    '#\u200dx',
    '#\u0301',
    '#\u0301a',
    '#\u{e0100}',
    '#2026',
    '#१२३',
    '#1️⃣',
    '#_',
    '#_1',
    'C#sharp',
    '&#39;a',
    '##a',
    'a/#b',
    '#',
    '# a',
    `#${'ﬃ'.repeat(100)}`,
    `#${'a'.repeat(101)}`,
  ])('%j has none', (text) => expect(tags(text)).toEqual([]))

  it.each([
    ['zw\u200dj1x', 'zwj1x'],
    ['می\u200cخواهم', 'میخواهم'],
    ['İSTANBUL', 'istanbul'],
    ['İstanbul', 'ISTANBUL'],
    ['ısparta', 'ISPARTA'],
    ['Straße', 'STRASSE'],
    ['ΟΔΟΣ', 'οδος'],
    ['Cafe\u0301', 'CAFÉ'],
    ['ﬁlm', 'FILM'],
    ['ＡＢＣ', 'abc'],
    ['so\u00adft', 'soft'],
  ])('%j and %j meet', (one, other) => {
    expect(tags(`#${one}`)).toEqual(tags(`#${other}`))
    expect(tags(`#${one}`)).toHaveLength(1)
  })
})

/** Letters, signs and marks that have a say, beside any others. */
const part = fc.oneof(
  fc.constantFrom(
    '#',
    '@',
    '＃',
    '＠',
    ' ',
    '\n',
    '.',
    '/',
    '(',
    ')',
    'https://',
    'www.',
    'ben',
    'example.org',
  ),
  fc.constantFrom(
    '\u200d',
    '\ufe0f',
    '\u20e3',
    '\u0301',
    'İ',
    'ß',
    'ﷺ',
    'ﬃ',
    'カ',
    '・',
    '·',
    '1️⃣',
    '❤️',
    'ह',
    'ि',
  ),
  fc.string({ unit: 'binary', maxLength: 4 }),
)
const anyText = fc.array(part, { maxLength: 40 }).map((parts) => parts.join(''))

describe('any text', () => {
  it('is its tokens, one behind the other', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const tokens = parseText(text)
        expect(tokens.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text)
        let at = 0
        for (const { start, end } of tokens) {
          expect([start, end > start]).toEqual([at, true])
          at = end
        }
        expect(at).toBe(text.length)
      }),
      { numRuns: 2000 },
    )
  })

  it('yields tags that their route takes, and that are found again as they are written', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const tag of tags(text)) {
          expect(textLength(tag)).toBeLessThanOrEqual(limits.hashtag)
          expect(normalizeTag(tag)).toBe(tag)
          expect(tags(`#${tag}`)).toEqual([tag])
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('means the same once it is tidied', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const tidy = tidyText(text, 'lines')
        expect(tidyText(tidy, 'lines')).toBe(tidy)
        expect(tags(tidyText(tidy, 'lines'))).toEqual(tags(tidy))
      }),
      { numRuns: 2000 },
    )
  })

  it.each([
    ['one after the other', (n: number) => `a${'\u0301\u0323'.repeat(n / 2)}`],
    ['in the wrong order', (n: number) => `a${'\u0301'.repeat(n / 2)}${'\u0323'.repeat(n / 2)}`],
    ['with controls between them', (n: number) => `a${'\u0301\u0001\u0323\u0001'.repeat(n / 4)}`],
    ['that are two marks each', (n: number) => `a${'\u0344\u0323'.repeat(n / 2)}`],
  ])('a heap of accents %s is cut, in time that grows with its length', (_, heap) => {
    const tidy = tidyText(heap(200_000), 'line')
    expect(textLength(tidy)).toBeLessThan(70)
    expect(tidyText(tidy, 'line')).toBe(tidy)
    expect(tidyText(heap(20), 'line')).toBe(heap(20).replaceAll('\u0001', '').normalize('NFC'))
  })

  it.each([
    '#',
    '@',
    '#a',
    '@a',
    '@a.',
    'a.',
    'a.b/',
    'http://',
    'www.',
    'http://aあ',
    '(',
    '#·',
    '#a·',
    '\u200d',
    '#\u0301',
    'a',
    '-',
    '@a@a.a',
    'http://)',
    '·',
    '# ',
    '\n',
    '\u2800\n',
  ])('of %j without end is read in time that grows with its length', (piece) => {
    const text = piece.repeat(200_000 / piece.length)
    parseText(text)
    tidyText(text, 'lines')
    normalizeTag(text)
  })

  it('every letter by itself folds to what folds no further', () => {
    const unstable: string[] = []
    for (let point = 0; point <= 0x1ffff; point++) {
      const letter = String.fromCodePoint(point)
      if (!/[\p{L}\p{M}\p{N}]/u.test(letter) || /[\p{Unified_Ideograph}\p{Script=Hangul}]/u.test(letter))
        continue
      const tag = normalizeTag(letter)
      if (normalizeTag(tag) !== tag || (isTag(tag) && tags(`#${tag}`)[0] !== tag))
        unstable.push(point.toString(16))
    }
    expect(unstable).toEqual([])
  })
})
