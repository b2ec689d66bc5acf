import { randomBytes } from 'node:crypto'
import { link, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { weaknessOf } from '../kit/settings.ts'
import { StartFailure } from '../kit/start-failure.ts'

/**
 * What signs tokens and links: made at the first start, whole or not at all, and kept for this user's eyes. One that others could
 * guess or read is refused, for with it they could log in as anybody. Throws StartFailure.
 */
export async function keepSecret(dir: string): Promise<string> {
  const file = join(dir, 'secret')
  return (await readSecret(file)) ?? (await makeSecret(file))
}

/** Whether there is one by now. */
export const hasSecret = async (dir: string): Promise<boolean> =>
  (await readSecret(join(dir, 'secret'))) !== undefined

/** Undefined where there is none yet. */
async function readSecret(file: string): Promise<string | undefined> {
  const text = await readGuarded(file, 'secret')
  const weakness = text === undefined ? undefined : weaknessOf(text)
  if (weakness)
    throw new StartFailure(
      `The secret ${file} ${weakness}; restore it from a backup: without it everybody logs in again, and addresses in the database cannot be read.`,
    )
  if (text !== undefined) await assertGuarded(file, 'secret', 'SECRET')
  return text
}

/** A file that is for this user's eyes; undefined where there is none. */
export async function readGuarded(file: string, what: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim()
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return undefined
    throw new StartFailure(`The ${what} ${file} cannot be read: ${message}.`, error)
  }
}

/** A group may be meant to share it (several accounts, one directory); everybody never is. Windows has no such modes. */
export async function assertGuarded(file: string, what: string, setting: string): Promise<void> {
  const { mode } = await stat(file)
  if (process.platform !== 'win32' && (mode & 0o007) !== 0)
    throw new StartFailure(
      `The ${what} ${file} can be read by every user of this machine; take that away (chmod 600 ${file}), or set ${setting}.`,
    )
}

async function makeSecret(file: string): Promise<string> {
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  try {
    await writeFile(draft, `${randomBytes(32).toString('base64url')}\n`, {
      mode: 0o600,
      flush: true,
      flag: 'wx',
    })
    // A process that starts beside this one may have been first; then its secret is the one.
    await link(draft, file)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code !== 'EEXIST') throw new StartFailure(`The secret ${file} cannot be made: ${message}.`, error)
  } finally {
    await rm(draft, { force: true })
  }
  const made = await readSecret(file)
  if (made === undefined) throw new StartFailure(`The secret ${file} went away while it was made.`)
  return made
}
