import { weaknessOf } from './settings.ts'
import type { VaultKey } from './vault.ts'

/** `2:the key`, `3:another:opens`: one a line, or separated by commas; what follows a # says nothing. */
const ENTRY = /^(\d{1,6}):([^\s:]+)(:opens)?$/

/** Keys as a file or a setting has them, and what is wrong with them, each as the rest of a sentence. */
export function parseVaultKeys(text: string): { keys: VaultKey[]; mistakes: string[] } {
  const mistakes: string[] = []
  const entries = text
    .split(/[\n,]/)
    .map((line) => line.replace(/#.*/, '').trim())
    .filter(Boolean)
  const keys = entries.flatMap((entry, place): VaultKey[] => {
    const [, number = '0', secret = '', opens] = ENTRY.exec(entry) ?? []
    const version = Number(number)
    const weakness = version > 0 ? weaknessOf(secret) : 'is not of the form VERSION:KEY'
    if (weakness)
      mistakes.push(
        version > 0
          ? `has a key ${version} that ${weakness}`
          : `has an entry (the ${place + 1}.) that ${weakness}`,
      )
    return [{ version, secret, ...(opens ? { opensOnly: true } : {}) }]
  })
  const twice = keys.find(({ version }, place) => keys.findIndex((key) => key.version === version) < place)
  if (twice) mistakes.push(`has two keys ${twice.version}`)
  if (keys.some(({ version }) => version === 1) && keys.every(({ opensOnly }) => opensOnly))
    mistakes.push('has no key that seals')
  return { keys, mistakes }
}
