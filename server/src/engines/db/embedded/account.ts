import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { StartFailure } from '../../../kit/start-failure.ts'

/** The user PostgreSQL runs as when we are root, which it refuses to run as. */
export interface Account {
  name: string
  ids: { uid: number; gid: number }
}

/** In order of liking: a user made for us, a user made for PostgreSQL, a user that owns nothing. */
const preferred = ['tintype', 'postgres', 'nobody']

/**
 * Undefined when we are a normal user and PostgreSQL simply runs as us. An existing cluster decides: PostgreSQL insists on
 * owning its files. initdb insists on an account that has a name, so a number made up on the spot does not do.
 */
export async function chooseAccount(existingCluster: string | undefined): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const users = listUsers()
  const owner = existingCluster === undefined ? undefined : await stat(existingCluster).catch(() => undefined)
  if (owner && owner.uid !== 0) {
    const name = users.find(({ ids }) => ids.uid === owner.uid)?.name ?? `user ${owner.uid}`
    return { name, ids: { uid: owner.uid, gid: owner.gid } }
  }
  const found = preferred.map((name) => users.find((user) => user.name === name)).find(Boolean)
  if (found) return found
  throw new StartFailure(
    'PostgreSQL refuses to run as root and this machine has no user "nobody" it could run as; start Tintype as a normal user.',
  )
}

function listUsers(): Account[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter(([name, , uid]) => name !== undefined && Number(uid) > 0)
    .map(([name, , uid, gid]) => ({ name: name ?? '', ids: { uid: Number(uid), gid: Number(gid) } }))
}

/** Asks the system itself, which knows of access lists and read-only mounts what mode bits do not tell. */
export function canEnter(account: Account, dir: string): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', dir], { cwd: '/', ...account.ids }).status === 0
}
