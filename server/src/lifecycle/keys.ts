import { randomBytes } from 'node:crypto'
import { rename, rm, writeFile } from 'node:fs/promises'
import type { Config } from '../config.ts'
import { StartFailure } from '../kit/start-failure.ts'
import type { VaultKey } from '../kit/vault.ts'
import { parseVaultKeys } from '../kit/vault-keys.ts'
import { assertGuarded, keepSecret, readGuarded } from './secret.ts'

const WHAT = 'key file'

/** What tokens are signed and addresses are sealed with: as it is set, or as DATA_DIR has it. Throws StartFailure. */
export async function keepKeys(settings: Config): Promise<Pick<Config, 'secret' | 'vaultKeys'>> {
  const { vaultKeys, vaultKeyFile } = settings
  return {
    secret: settings.secret || (await keepSecret(settings.dataDir)),
    vaultKeys: vaultKeys.length > 0 ? vaultKeys : await readKeyFile(vaultKeyFile),
  }
}

async function readKeyFile(file: string): Promise<VaultKey[]> {
  const text = await readGuarded(file, WHAT)
  if (text === undefined) return []
  await assertGuarded(file, WHAT, 'VAULT_KEYS')
  const { keys, mistakes } = parseVaultKeys(text)
  if (mistakes.length > 0) throw new StartFailure(`The key file ${file} ${mistakes.join(', and ')}.`)
  return keys
}

/** Writes a new key into the file, behind those that it has, and answers its version. The file is whole at any moment. */
export async function addKey(file: string): Promise<number> {
  const keys = await readKeyFile(file)
  const version = Math.max(1, ...keys.map((key) => key.version)) + 1
  const before =
    (await readGuarded(file, WHAT)) ??
    '# What addresses in the database are sealed with. Keep it with the secret.'
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  try {
    const text = `${before}\n${version}:${randomBytes(32).toString('base64url')}\n`
    await writeFile(draft, text, { mode: 0o600, flush: true, flag: 'wx' })
    await rename(draft, file)
  } finally {
    await rm(draft, { force: true })
  }
  return version
}

/** Where there is one. */
export async function copyKeyFile(from: string, to: string): Promise<void> {
  const text = await readGuarded(from, WHAT)
  if (text !== undefined) await writeFile(to, `${text}\n`, { mode: 0o600, flush: true })
}
