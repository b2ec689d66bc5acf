import { createWriteStream } from 'node:fs'
import { appendFile, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { FilmDeps, FilmJob } from './film-job.ts'
import { filmKeys } from './recipe.ts'
import type { Weight } from './video/film-line.ts'
import { type FragmentedFile, readFragments } from './video/fragments.ts'
import { type EncodePlan, type Rung, secondsOf } from './video/plan.ts'

class GaveWay extends Error {}

/**
 * Encodes all rungs of a plan, each as one file in fragments; none where there was nothing to encode. Films longer than a piece are kept piece by piece,
 * so that a process that was killed, or gave way to a shorter film, goes on where it was.
 */
export async function encodeRungs(
  deps: FilmDeps,
  job: FilmJob,
  plan: EncodePlan,
  isLater: boolean,
): Promise<RungFile[]> {
  const shelf = new Shelf(deps, job, plan.rungs)
  const declared = job.probe.duration || plan.seconds
  let kept = await shelf.restore()
  for (let isDone = false; !isDone; ) {
    const left = Math.max(1, declared - secondsOf(kept * plan.piece, plan.rate))
    const turn: Weight = { seconds: left, isLater }
    const giveBack = await deps.line.take(turn, job.watch.signal)
    try {
      kept = await encodeTurn(deps, job, { plan, shelf, turn, declared, firstPiece: kept })
      isDone = true
    } catch (error) {
      if (!(error instanceof GaveWay)) throw error
      kept = shelf.pieces
    } finally {
      giveBack()
    }
  }
  return kept === 0 ? [] : Promise.all(plan.rungs.map((rung) => shelf.whole(rung, kept)))
}

/** One size of a film, whole; it may be gigabytes large, so what has to be known of it is beside it. */
export interface RungFile extends FragmentedFile {
  path: string
  /** What stands before the first fragment. */
  init: Buffer
}

interface Turn {
  plan: EncodePlan
  shelf: Shelf
  turn: Weight
  /** Seconds. */
  declared: number
  firstPiece: number
}

/** Answers the number of pieces there are when it is through. */
async function encodeTurn(
  { line, threads }: FilmDeps,
  job: FilmJob,
  { plan, shelf, turn, declared, firstPiece }: Turn,
): Promise<number> {
  const { source, picture, folder, watch } = job
  const giveWay = new AbortController()
  const encoder = job.process()
  let [storing, count]: [Promise<void>, number] = [Promise.resolve(), firstPiece]
  const task = { source, picture, plan, firstPiece, folder, threads }
  const encoding = encoder.encode(task, (news) => {
    if (!('piece' in news)) {
      if (news.seconds !== undefined) watch.progress(Math.min(0.99, news.seconds / declared))
      return
    }
    count = news.piece + 1
    const isLong = declared > secondsOf(plan.piece, plan.rate) * 1.5
    if (!isLong) return
    storing = storing.then(async () => {
      await shelf.keep(news.piece)
      if (line.isToGiveWay(turn)) giveWay.abort(new GaveWay())
    })
    storing.catch((error) => giveWay.abort(error))
  })
  const stopped = new Promise<never>((_, reject) => {
    giveWay.signal.addEventListener('abort', () => reject(giveWay.signal.reason))
  })
  try {
    await Promise.race([encoding, stopped])
  } catch (error) {
    encoding.catch(() => undefined)
    encoder.kill()
    throw error
  }
  await storing
  return count
}

/** Pieces of a film, in its folder and in the object store. */
class Shelf {
  /** In the store, of every rung. */
  pieces = 0
  readonly #deps: Pick<FilmDeps, 'objectStore'>
  readonly #job: FilmJob
  readonly #rungs: readonly Rung[]

  constructor(deps: Pick<FilmDeps, 'objectStore'>, job: FilmJob, rungs: readonly Rung[]) {
    this.#deps = deps
    this.#job = job
    this.#rungs = rungs
  }

  /** Brings here what was made before; answers how many pieces that are. */
  async restore(): Promise<number> {
    while (await this.#isKept(this.pieces)) {
      for (const { edge } of this.#rungs) {
        const { body } = await this.#deps.objectStore.get(this.#key(edge, this.pieces))
        await pipeline(body, createWriteStream(this.#path(edge, this.pieces)))
      }
      this.pieces += 1
    }
    return this.pieces
  }

  async keep(piece: number): Promise<void> {
    for (const { edge } of this.#rungs)
      await this.#deps.objectStore.put(this.#key(edge, piece), await readFile(this.#path(edge, piece)), {
        contentType: 'application/octet-stream',
      })
    this.pieces = piece + 1
  }

  /** All pieces as one file; those by themselves are not needed any more. */
  async whole({ edge }: Rung, count: number): Promise<RungFile> {
    const path = join(this.#job.folder, `${edge}.mp4`)
    let made: RungFile | undefined
    for (let piece = 0; piece < count; piece++) {
      const bytes = await readFile(this.#path(edge, piece))
      const { timescale, initLength, fragments } = readFragments(bytes)
      made ??= {
        path,
        init: Buffer.from(bytes.subarray(0, initLength)),
        timescale,
        initLength,
        fragments: [],
      }
      const last = made.fragments.at(-1)
      const moved = (last ? last.start + last.length : initLength) - initLength
      made.fragments.push(...fragments.map((one) => ({ ...one, start: one.start + moved })))
      await appendFile(path, piece === 0 ? bytes : bytes.subarray(initLength))
      await rm(this.#path(edge, piece))
    }
    if (!made) throw new Error('no pieces')
    return made
  }

  async #isKept(piece: number): Promise<boolean> {
    const found = await Promise.all(
      this.#rungs.map(({ edge }) => this.#deps.objectStore.head(this.#key(edge, piece))),
    )
    return found.every((one) => one !== undefined)
  }

  #key(edge: number, piece: number): string {
    return filmKeys(this.#job.row.recipe).piece(edge, piece)
  }

  #path(edge: number, piece: number): string {
    return join(this.#job.folder, `${edge}-${piece}.mp4`)
  }
}
