import { randomBytes } from 'node:crypto'
import { chmod, lstat, mkdir, readlink, realpath, symlink, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { StartFailure } from '../../../kit/start-failure.ts'
import { type Account, canEnter } from './account.ts'

/** Where root keeps clusters, and copies of the programs, that another user must reach. Survives reboots, unlike /tmp. */
export const sharedRoot = '/var/lib/tintype'

/**
 * The directory of the database cluster: `postgres` in the data directory. When we are root and PostgreSQL's account cannot
 * pass through to it (a checkout in /root), it is a directory of its own below /var/lib/tintype, and `postgres` a link to
 * that; a random name rather than one made from the path, so that a data directory that was deleted and made again does not
 * meet the old database.
 */
export async function placeCluster(dir: string, account: Account | undefined): Promise<string> {
  const here = join(dir, 'postgres')
  const existing = await existingCluster(dir)
  if (existing !== undefined) {
    if (account && !canEnter(account, dirname(existing)))
      throw new StartFailure(
        `PostgreSQL runs as the user ${account.name}, who cannot reach ${existing}; move the data directory to where every user may pass through.`,
      )
    return existing
  }
  if (!account || canEnter(account, dir)) return here
  const room = join(sharedRoot, `${basename(dirname(dir)) || 'data'}-${randomBytes(4).toString('hex')}`)
  try {
    await mkdir(room, { recursive: true })
    for (const path of [sharedRoot, room]) await chmod(path, 0o755)
    await writeFile(join(room, 'README.txt'), `The database of the Tintype whose data directory is ${dir}.\n`)
  } catch (cause) {
    throw new StartFailure(
      `PostgreSQL runs as the user ${account.name}, who can reach neither ${dir} nor ${sharedRoot}; set DATA_DIR to a directory that every user may pass through.`,
      cause,
    )
  }
  const cluster = join(room, 'postgres')
  await symlink(cluster, here)
  return cluster
}

/** The cluster made by an earlier start, links resolved. */
export async function existingCluster(dir: string): Promise<string | undefined> {
  const here = join(dir, 'postgres')
  const found = await lstat(here).catch(() => undefined)
  if (!found) return undefined
  try {
    return await realpath(here)
  } catch (cause) {
    const target = await readlink(here)
    // A first start that was cut short leaves the link without the cluster behind it.
    if (await lstat(dirname(target)).catch(() => undefined)) return target
    throw new StartFailure(
      `The database of ${dir} should be in ${target}, which is gone; restore it, or remove ${here} to start with an empty one.`,
      cause,
    )
  }
}
