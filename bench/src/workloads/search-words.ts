import { Random } from '../dataset/random.ts'

/** Words, names and captions in several scripts, as often as words are (Zipf), the same for the same seed. */

/** Letters as [consonants, vowels]; scripts without spaces are drawn letter by letter from the first. */
const scripts = {
  latin: [
    'b br c d f g gr h j k kl l m n p pr r s sh st t tr v w z'.split(' '),
    [...'aeiou', 'ia', 'ei', 'ou'],
  ],
  cyrillic: [[...'бвгджзклмнпрстхчш'], [...'аеиоуыя']],
  greek: [[...'βγδζθκλμνξπρστφχ'], [...'αεηιουω']],
  arabic: [[...'بتجحخدرزسشصطعغفقكلمنهوي'], ['', '', 'ا', 'و']],
  devanagari: [[...'कखगघचजटडतदनपबमयरलवसह'], ['', 'ा', 'ि', 'े', 'ो']],
  han: [
    [...'山水火木金土日月人口心手目耳天地花草風雨雪雲春夏秋冬東西南北京都海川空星夜朝光影街道橋門'],
    [''],
  ],
  hangul: [[...'가나다라마바사아자차카타파하강민서지은수영호준현'], ['']],
} as const
const shares: readonly (keyof typeof scripts)[] = [
  ...Array.from({ length: 13 }, () => 'latin' as const),
  'cyrillic',
  'cyrillic',
  'greek',
  'arabic',
  'devanagari',
  'han',
  'hangul',
]

/** Numbers from 0 to 1, the same for the same seed. */
export function rolling(seed: string): () => number {
  const random = new Random(seed)
  return () => random.unit()
}

const of = <T>(list: readonly T[], roll: number): T => list[Math.floor(roll * list.length)] as T

function word(roll: () => number): string {
  const [consonants, vowels] = scripts[of(shares, roll())]
  const syllables = 2 + Math.floor(roll() * 3)
  return Array.from({ length: syllables }, () => of(consonants, roll()) + of(vowels, roll())).join('')
}

export class Words {
  readonly #words: string[]
  readonly #harmonic: number

  constructor(seed: string, count: number) {
    const roll = rolling(seed)
    const words = new Set<string>()
    while (words.size < count) words.add(word(roll))
    this.#words = [...words]
    this.#harmonic = Math.log(count)
  }

  /** The n-th with a chance of about 1/n. */
  pick(roll: () => number): string {
    return this.#words[Math.floor(Math.exp(roll() * this.#harmonic)) - 1] ?? ''
  }
}

/** One letter left out, put in, exchanged, or swapped with the next; never the first. */
export function mistyped(text: string, roll: () => number): string {
  const letters = [...text]
  const at = 1 + Math.floor(roll() * Math.max(1, letters.length - 2))
  const change = Math.floor(roll() * 4)
  if (change === 0) letters.splice(at, 1)
  else if (change === 1) letters.splice(at, 0, letters[0] ?? '')
  else if (change === 2) letters[at] = letters[0] ?? ''
  else letters.splice(at, 2, letters[at + 1] ?? '', letters[at] ?? '')
  return letters.join('')
}
