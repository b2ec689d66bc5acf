import { openMove } from '../engines/object-store/open.ts'
import { systemClock } from '../kit/clock.ts'
import { command } from './command.ts'
import { prepareDataDir } from './data-dir.ts'
import { keepSecret } from './secret.ts'
import { readSettings } from './settings.ts'

const USAGE = `npm run storage -- move            copies all objects from where OBJECTS_FROM says to where they are to be
npm run storage -- move --remove   and deletes there what has arrived`
/** Objects between two lines about how far it is. */
const LINE_EVERY = 1000
/** Of what failed, so many are named. */
const NAMED = 20

/** `npm run storage -- move`: brings objects from one store into another, beside servers that work on both. Answers the exit code. */
export async function storageCommand(
  env: Record<string, string | undefined>,
  words: readonly string[],
): Promise<number> {
  const [verb, ...flags] = words
  if (verb !== 'move' || flags.some((flag) => flag !== '--remove')) {
    console.error(USAGE)
    return 1
  }
  return command(async () => {
    const settings = readSettings(env, Boolean(process.stdout.isTTY))
    await prepareDataDir(settings.dataDir)
    const secret = settings.secret || (await keepSecret(settings.dataDir))
    await using move = await openMove({ settings: { ...settings, secret }, clock: systemClock })
    if (!move) {
      console.error(
        'Set OBJECTS_FROM to where objects are now (files or s3); servers read from both meanwhile.',
      )
      return 1
    }
    let lines = 0
    const { copied, already, bytes, failed } = await move.run({
      remove: flags.includes('--remove'),
      signal: new AbortController().signal,
      onProgress(soFar) {
        const seen = soFar.copied + soFar.already
        if (seen < (lines + 1) * LINE_EVERY) return
        lines++
        console.log(`${seen} objects seen, ${soFar.copied} copied.`)
      },
    })
    console.log(`${copied} objects copied (${bytes} bytes), ${already} were there, ${failed.length} failed.`)
    for (const { key, reason } of failed.slice(0, NAMED)) console.error(`${key}: ${reason}`)
    return failed.length === 0 ? 0 : 1
  })
}
