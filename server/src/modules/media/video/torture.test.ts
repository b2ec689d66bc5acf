import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { applyToPixels } from '@tintype/contract/filter-apply'
import { compileFilter } from '@tintype/contract/filter-compile'
import { type Clip, describeFilm, frameOf, makeClip, quarters, turned } from '@tintype/testkit/media/clips'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { FileObjectStore } from '../../../engines/object-store/files/object-store.ts'
import { type FilmOutcome, FilmRenderer } from '../film-renderer.ts'
import { withBytes } from '../imaging/byte-source.ts'
import { type ImagingPools, openImagingPools } from '../imaging/pools.ts'
import type { RowOf } from '../store.ts'
import { FilmLine } from './film-line.ts'
import { sniffFilm } from './sniff-film.ts'

/** Files of every kind that phones, cameras and programs make, small; each through the whole of what a worker does with it. */

let folder: string
let objectStore: FileObjectStore
let imaging: ImagingPools
let renderer: FilmRenderer
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tintype-torture-'))
  objectStore = await FileObjectStore.open({ directory: join(folder, 'objects'), secret: 'test' })
  imaging = openImagingPools(1)
  renderer = new FilmRenderer({
    objectStore,
    imaging: imaging.first,
    line: new FilmLine(2),
    temporaryFolder: folder,
    threads: 1,
    limits: { seconds: 60, bytes: 1e9 },
  })
})
afterAll(async () => {
  await objectStore[Symbol.asyncDispose]()
  await imaging[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

let count = 0
const watch = { signal: new AbortController().signal, progress: () => undefined }

async function rendered(bytes: Buffer, edit: RowOf<'video'>['edit'] = {}) {
  const path = join(folder, `${++count}.original`)
  await writeFile(path, bytes)
  const { type } = await withBytes(path, sniffFilm)
  const original_key = `uploads/${count}`
  await objectStore.put(original_key, bytes, { contentType: type })
  const original_sha256 = createHash('sha256').update(bytes).digest('hex')
  const row = {
    recipe: `r${count}`,
    purpose: 'post',
    edit,
    original_key,
    original_type: type,
    original_sha256,
  }
  const outcome = await renderer.render(row as RowOf<'video'>, watch)
  const film = join(folder, `${count}.mp4`)
  await writeFile(film, await bytesOf(outcome.film.file.key))
  return { outcome, film, said: await describeFilm(film) }
}

async function bytesOf(key: string): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of (await objectStore.get(key)).body) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function clip(what: Clip): Promise<Buffer> {
  const path = join(folder, `${++count}.clip`)
  await makeClip(path, what)
  return readFile(path)
}

/** Red, green or blue, white or black: as far as a lossy film keeps it. */
const nameOf = (colour: string): string => {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16))
  if (Math.min(r, g, b) > 200) return 'white'
  if (Math.max(r, g, b) < 40) return 'black'
  return r > 150 && b < 90 ? 'red' : b > 150 && r < 90 ? 'blue' : colour
}

/** The corners and sides by which a turned or mirrored film is known: top left, top right, bottom left, bottom right. */
const cornersOf = async (film: string): Promise<string> => {
  const frame = await frameOf(film, 0.3)
  const places = [
    [0.1, 0.1],
    [0.9, 0.1],
    [0.1, 0.9],
    [0.9, 0.9],
  ] as const
  return places.map(([x, y]) => nameOf(frame.at(x, y))).join(' ')
}

const UPRIGHT = 'white blue red blue'

it.each([
  ['as it is', {}, '320x240', UPRIGHT],
  ['turned right', { format: 'mov', matrix: turned['90'] }, '240x320', 'red white blue blue'],
  ['on its head', { format: 'mov', matrix: turned['180'] }, '320x240', 'blue red blue white'],
  ['turned left', { format: 'mov', matrix: turned['270'] }, '240x320', 'blue blue white red'],
  ['mirrored', { format: 'mov', matrix: turned.mirrored }, '320x240', 'blue white blue red'],
  ['odd in size', { film: quarters(321, 241), filter: 'format=yuv444p' }, '320x240', UPRIGHT],
  [
    'of WebM',
    { format: 'webm', encoder: 'libvpx-vp9', sound: 'libopus', options: { 'cpu-used': 8 } },
    '320x240',
    UPRIGHT,
  ],
  ['of Matroska', { format: 'matroska' }, '320x240', UPRIGHT],
  ['of AVI', { format: 'avi', encoder: 'mpeg4', sound: 'ac3' }, '320x240', UPRIGHT],
  ['of 3GP', { format: '3gp', encoder: 'h263', film: quarters(352, 288) }, '352x288', UPRIGHT],
  ['in fragments', { movflags: 'frag_keyframe+empty_moov' }, '320x240', UPRIGHT],
  ['of a camera’s range', { filter: 'scale=out_range=pc,format=yuvj420p' }, '320x240', UPRIGHT],
] as [string, Clip, string, string][])(
  'a film %s is shown upright, in its colours, as long as it is',
  async (_, what, size, corners) => {
    const { outcome, film, said } = await rendered(await clip(what))
    expect(`${said.width}x${said.height}`).toBe(size)
    expect(`${outcome.width}x${outcome.height}`).toBe(
      size === '320x240' && what.film ? `${outcome.width}x${outcome.height}` : size,
    )
    expect(await cornersOf(film)).toBe(corners)
    expect(Math.abs(said.picture - 1)).toBeLessThan(0.07)
    expect(Math.abs(said.picture - said.sound)).toBeLessThan(0.07)
    expect(outcome.film).toMatchObject({ has_sound: true, loops: false })
  },
)

it('frames that come as they like are shown when they are due, in time with the sound', async () => {
  // Every third frame is missing, and half a second in the middle.
  const filter = "select='not(eq(mod(n,3),1))*not(between(t,0.6,1.1))',format=yuv420p"
  const film = 'color=black:size=160x120:rate=30,drawbox=color=white:t=fill:enable=gte(t\\,1.5)'
  const { film: path, said } = await rendered(await clip({ film, filter, seconds: 2 }))
  expect(Math.abs(said.picture - said.sound)).toBeLessThan(0.07)
  expect(nameOf((await frameOf(path, 1.45)).at(0.5, 0.5))).toBe('black')
  expect(nameOf((await frameOf(path, 1.56)).at(0.5, 0.5))).toBe('white')
})

it('sound comes in two channels, or not at all; what a file tells of its maker and place is gone', async () => {
  const silent = await rendered(await clip({ sound: null }))
  expect(silent.outcome.film.has_sound).toBe(false)
  expect(silent.said.channels).toBeUndefined()
  const around = await clip({
    soundFilter: 'aformat=channel_layouts=5.1:sample_fmts=fltp',
    metadata: { location: '+48.1374+011.5755/', make: 'Phone', title: 'secret' },
  })
  const { said, film } = await rendered(around)
  expect(said.channels).toBe(2)
  expect(Object.keys(said.metadata).filter((key) => !/brand|version/.test(key))).toEqual([])
  for (const word of ['+48.1', 'Phone', 'secret']) expect((await readFile(film)).includes(word)).toBe(false)
  const muted = await rendered(around, { mute: true })
  expect(muted.outcome.film.has_sound).toBe(false)
})

it('light beyond the screen is brought to it: a grey card is grey, a page is white', async () => {
  // HLG: 38 % is a grey card of 18 %, 75 % a white page (BT.2408).
  const card =
    "color=black:size=160x120:rate=30,format=yuv420p10le,geq=lum='if(lt(X,80),397,721)':cb=512:cr=512"
  const filter = 'setparams=color_primaries=bt2020:color_trc=arib-std-b67:colorspace=bt2020nc:range=tv'
  const { film, outcome } = await rendered(
    await clip({
      format: 'mov',
      film: card,
      filter,
      encoder: 'libx265',
      options: { preset: 'ultrafast', 'x265-params': 'log-level=none' },
    }),
  )
  const frame = await frameOf(film, 0.3)
  const [grey, white] = [0.25, 0.75].map((x) => Number.parseInt(frame.at(x, 0.5).slice(1, 3), 16))
  expect(grey).toBeGreaterThan(80)
  expect(grey).toBeLessThan(150)
  expect(white).toBeGreaterThan(190)
  expect(outcome.dominant_color).toMatch(/^#/)
})

it('what stands for a film is not its black beginning, but the moment that was chosen where one was', async () => {
  const film = 'testsrc2=size=160x120:rate=30,drawbox=color=black:t=fill:enable=lt(t\\,0.7)'
  const bytes = await clip({ film, seconds: 2 })
  const lightOf = ({ dominant_color }: FilmOutcome) =>
    [1, 3, 5].reduce((sum, at) => sum + Number.parseInt(dominant_color.slice(at, at + 2), 16), 0)
  expect(lightOf((await rendered(bytes)).outcome)).toBeGreaterThan(90)
  expect(lightOf((await rendered(bytes, { cover_ms: 200 })).outcome)).toBeLessThan(30)
})

it('a cut keeps what is between', async () => {
  const film = 'color=red:size=160x120:rate=30,drawbox=color=blue:t=fill:enable=gte(t\\,1)'
  const { film: path, said } = await rendered(await clip({ film, seconds: 2 }), {
    start_ms: 800,
    end_ms: 1400,
  })
  expect(Math.abs(said.picture - 0.6)).toBeLessThan(0.07)
  expect(Math.abs(said.sound - 0.6)).toBeLessThan(0.07)
  expect([
    nameOf((await frameOf(path, 0.1)).at(0.5, 0.5)),
    nameOf((await frameOf(path, 0.4)).at(0.5, 0.5)),
  ]).toEqual(['red', 'blue'])
})

it('clips are put together in their order, each as fast as it is to be, in sync', async () => {
  const film =
    'color=red:size=160x120:rate=30,drawbox=color=blue:t=fill:enable=gte(t\\,1),drawbox=color=white:t=fill:enable=gte(t\\,2)'
  const bytes = await clip({ film, seconds: 3, movflags: 'faststart' })
  const { film: path, said } = await rendered(bytes, {
    clips: [
      { start_ms: 2200, end_ms: 2700 },
      { start_ms: 1000, end_ms: 2000, speed: 2 },
      { start_ms: 100, end_ms: 500, speed: 0.5 },
    ],
    cover_ms: 600,
  })
  expect(Math.abs(said.picture - 1.8)).toBeLessThan(0.07)
  expect(Math.abs(said.sound - 1.8)).toBeLessThan(0.07)
  const colours = [0.1, 0.4, 0.6, 0.9, 1.1, 1.7].map(async (at) =>
    nameOf((await frameOf(path, at)).at(0.5, 0.5)),
  )
  expect(await Promise.all(colours)).toEqual(['white', 'white', 'blue', 'blue', 'red', 'red'])
})

it('clips of a film that is turned and silenced are upright; what lies behind its end is left out', async () => {
  const { said, outcome } = await rendered(
    await clip({ format: 'mov', seconds: 1, matrix: turned['90'] ?? [] }),
    {
      clips: [
        { start_ms: 500, end_ms: 9000 },
        { start_ms: 0, end_ms: 300 },
      ],
      mute: true,
    },
  )
  expect(outcome.film.has_sound).toBe(false)
  expect(said).toMatchObject({ width: 240, height: 320 })
  expect(Math.abs(said.picture - 0.8)).toBeLessThan(0.1)
})

it.each(['amber', 'noir', 'cyanotype', 'daguerre'] as const)(
  'a film with the filter %s has the colours that a photograph with it has',
  async (filter) => {
    const film = 'smptebars=size=320x240:rate=30'
    // Of a codec that has to be encoded anew, also without a filter.
    const bytes = await clip({ film, seconds: 0.5, sound: null, encoder: 'mpeg4' })
    const [plain, made] = [await rendered(bytes), await rendered(bytes, { filter, strength: 0.9 })]
    const wanted = await sampled(plain.film)
    applyToPixels(wanted, ACROSS, DOWN, compileFilter(filter, 0.9), 3)
    const found = await sampled(made.film)
    const off = [...wanted].map((value, at) => Math.abs(value - (found[at] ?? 0)))
    // A lossy film has soft edges between its bars; the middles of its fields are what counts.
    expect(off.toSorted((a, b) => a - b)[Math.floor(off.length * 0.9)]).toBeLessThan(8)
    expect(made.outcome.dominant_color).not.toBe(plain.outcome.dominant_color)
  },
)

const ACROSS = 14
const DOWN = 12
/** The middles of so many fields of a film. */
async function sampled(film: string): Promise<Uint8Array> {
  const frame = await frameOf(film, 0.2)
  const colours = Array.from({ length: ACROSS * DOWN }, (_, at) =>
    frame.at(((at % ACROSS) + 0.5) / ACROSS, (Math.floor(at / ACROSS) + 0.5) / DOWN),
  )
  return new Uint8Array(Buffer.from(colours.map((colour) => colour.slice(1)).join(''), 'hex'))
}

it.each([
  ['upright', 0, 'red blue'],
  ['on its head', 180, 'blue red'],
] as const)(
  'a film that is %s in its frame stands where it was put, under what lies over it',
  async (_, rotation, sides) => {
    const above = { create: { width: 90, height: 40, channels: 4, background: '#fff' } } as const
    const clear = { create: { width: 90, height: 160, channels: 4, background: '#0000' } } as const
    const bytes = await sharp(clear)
      .composite([{ input: await sharp(above).png().toBuffer(), top: 0, left: 0 }])
      .png()
      .toBuffer()
    const original_key = `uploads/plate-${rotation}`
    await objectStore.put(original_key, bytes, { contentType: 'image/png' })
    const plate = { original_key, original_sha256: createHash('sha256').update(bytes).digest('hex') }
    // Of WebM: how long it is does not stand in it, and its sound is as long as its picture.
    const film = await clip({ film: quarters(320, 240), seconds: 1 })
    const made = await rendered(film, { frame: { x: 0.5, y: 0.75, zoom: 0.5, rotation, plate } })
    expect(made.said).toMatchObject({ width: 720, height: 1280 })
    expect(Math.abs(made.said.picture - 1)).toBeLessThan(0.07)
    expect(Math.abs(made.said.sound - 1)).toBeLessThan(0.07)
    const frame = await frameOf(made.film, 0.3)
    const at = (x: number, y: number) => nameOf(frame.at(x, y))
    expect([at(0.5, 0.1), at(0.5, 0.4), at(0.1, 0.75), at(0.9, 0.75)]).toEqual([
      'white',
      'black',
      'black',
      'black',
    ])
    expect(`${at(0.3, 0.76)} ${at(0.7, 0.76)}`).toBe(sides)
  },
)

it.each([
  ['GIF', { format: 'gif', encoder: 'gif', filter: 'format=rgb8' }],
  ['APNG', { format: 'apng', encoder: 'apng', filter: 'format=rgb24' }],
  ['WebP', { format: 'webp', encoder: 'libwebp_anim', filter: 'format=yuv420p' }],
] as [string, Clip][])(
  'a picture that moves (%s) becomes a film without sound that repeats',
  async (_, what) => {
    const { outcome, said } = await rendered(
      await clip({ ...what, sound: null, film: 'testsrc2=size=120x90:rate=10' }),
    )
    expect(outcome.film).toMatchObject({ loops: true, has_sound: false })
    expect(Math.abs(said.picture - 1)).toBeLessThan(0.2)
  },
)

it('a file that lies, is cut off, or is something else is refused with the reason, and not asked for other files', async () => {
  const whole = await clip({ movflags: '+faststart' })
  const lying = Buffer.from(whole)
  const at = lying.indexOf('mvhd')
  lying.writeUInt32BE(100, at + 4 + 16)
  expect((await rendered(lying)).said.picture).toBeGreaterThan(0.9)

  const refused = (bytes: Buffer) =>
    rendered(bytes).then(
      () => 'taken',
      (error) => error.code ?? String(error),
    )
  const end = await clip({})
  expect(await refused(end.subarray(0, end.length / 2))).toBe('media_truncated')
  const noise = Buffer.concat([whole.subarray(0, 40), Buffer.alloc(5000, 7)])
  expect(await refused(noise)).toMatch(/^media_(?:truncated|corrupt)$/)
  const list = Buffer.from(
    '#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n',
  )
  expect(await refused(list)).toBe('media_type_mismatch')
  const spoiled = Buffer.from(whole)
  spoiled.fill(0x5a, spoiled.indexOf('avcC') - 60, spoiled.indexOf('avcC') + 60)
  expect(await refused(spoiled)).toMatch(/^media_/)
})

it('a worker that is killed leaves the pieces that are whole, and the next one goes on behind them', async () => {
  // Of a codec that has to be encoded anew.
  const film = 'testsrc2=size=64x48:rate=2'
  const bytes = await clip({ film, seconds: 100, encoder: 'mpeg4', sound: null })
  const path = join(folder, 'long.original')
  await writeFile(path, bytes)
  await objectStore.put('uploads/long', bytes, { contentType: 'video/mp4' })
  const row = {
    recipe: 'long',
    purpose: 'post',
    edit: {},
    original_key: 'uploads/long',
    original_type: 'video/mp4',
    original_sha256: createHash('sha256').update(bytes).digest('hex'),
  } as RowOf<'video'>
  const roomy = new FilmRenderer({
    objectStore,
    imaging: imaging.first,
    line: new FilmLine(1),
    temporaryFolder: folder,
    threads: 1,
    limits: { seconds: 600, bytes: 1e9 },
  })
  const killed = new AbortController()
  const killAt = { signal: killed.signal, progress: () => undefined }
  const dying = roomy.render(row, killAt).catch((error) => String(error))
  // The process is ended with SIGKILL as soon as its first minute is kept.
  await expect
    .poll(() => objectStore.head('media/long/240.0.part'), { timeout: 50_000, interval: 5 })
    .toBeDefined()
  killed.abort('killed')
  expect(await dying).toBe('killed')
  const told: number[] = []
  const made = await roomy.render(row, { ...watch, progress: (done) => told.push(done) })
  expect(told[0]).toBeGreaterThan(60 / 100 - 0.05)
  expect(Math.abs(made.film.duration_ms - 100_000)).toBeLessThan(600)
  const whole = join(folder, 'long.mp4')
  await writeFile(whole, await bytesOf(made.film.file.key))
  // At the seam stands what stood there: the frame before and the one behind differ from each other as they did.
  const original = join(folder, 'long.clip')
  await writeFile(original, bytes)
  for (const at of [59.5, 60]) {
    const [is, was] = [await frameOf(whole, at), await frameOf(original, at)]
    expect(nearness(is.at(0.1, 0.1), was.at(0.1, 0.1))).toBeLessThan(40)
  }
})

const nearness = (a: string, b: string): number =>
  Math.max(
    ...[1, 3, 5].map((at) =>
      Math.abs(Number.parseInt(a.slice(at, at + 2), 16) - Number.parseInt(b.slice(at, at + 2), 16)),
    ),
  )
