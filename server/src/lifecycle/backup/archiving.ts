import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../../config.ts'
import { databaseBackups } from '../../engines/db/open.ts'
import { openObjectBackup } from '../../engines/object-store/open.ts'
import { systemClock } from '../../kit/clock.ts'
import type { Logger } from '../../kit/logger.ts'
import { backedUp } from '../../kit/tallies.ts'
import { foldersOf, newestFullAt } from './full-backups.ts'

/** A folder's time may be as coarse as this, in milliseconds. */
const COARSE_MS = 2000

interface Archiving {
  config: Config
  logger: Logger
  url: string
  cluster: string
}

/**
 * Copies what changed into BACKUP_DIR, again and again while the server runs: the log up to a moment, and before that log the objects that its rows
 * name. A round that fails is told, and the next one does its work as well. Disposing ends it with a last round.
 */
export async function startArchiving(archiving: Archiving): Promise<AsyncDisposable> {
  const { config, logger } = archiving
  await using opening = new AsyncDisposableStack()
  const round = await openRounds(archiving, opening)
  let waiting: { wake(): void } | undefined
  let isOver = false
  const pause = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, config.backups.everyMs)
      timer.unref()
      waiting = {
        wake() {
          clearTimeout(timer)
          resolve()
        },
      }
    })
  const loop = async () => {
    do {
      await round().catch((error) => logger.error({ err: error }, 'what changed could not be backed up'))
      if (!isOver) await pause()
    } while (!isOver)
    await round().catch((error) => logger.error({ err: error }, 'the last changes could not be backed up'))
  }
  const ended = loop()
  const opened = opening.move()
  return {
    async [Symbol.asyncDispose]() {
      isOver = true
      waiting?.wake()
      await ended
      await opened.disposeAsync()
    },
  }
}

async function openRounds(
  { config, logger, url, cluster }: Archiving,
  stack: AsyncDisposableStack,
): Promise<() => Promise<void>> {
  const { dir } = config.backups
  const folders = foldersOf(dir)
  const objects = stack.use(await openObjectBackup({ settings: config, clock: systemClock }, folders.objects))
  const { WalArchiver, writeWhole } = await databaseBackups()
  const archiver = new WalArchiver({ url, cluster, folder: folders.wal })
  const { keysSince, store, pool, mirror } = objects
  const mark = join(folders.objects, '.since')
  const copyObjects = async () => {
    if (!keysSince) return
    const begun = Date.now() - COARSE_MS
    const since = existsSync(mark) ? Number(await readFile(mark, 'utf8')) : 0
    await mirror({ from: store, to: pool, keys: keysSince(since) })
    await writeWhole(mark, String(begun))
  }
  return async () => {
    const { broken, reachedAt } = await archiver.ship(copyObjects)
    backedUp.set('log', reachedAt)
    // Where there is none yet, none is as old as can be.
    backedUp.set('full', (await newestFullAt(dir)) ?? 0)
    if (broken)
      logger.error(
        'The log was given up before it was backed up: make a full backup now (npm run backup), a restore gets no further than this',
      )
  }
}
