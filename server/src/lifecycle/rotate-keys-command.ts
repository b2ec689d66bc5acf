import type { Sealing } from '../modules/sealing.ts'
import { command } from './command.ts'
import { prepareDataDir } from './data-dir.ts'
import { addKey } from './keys.ts'
import { readSettings } from './settings.ts'
import { type OpenSystem, withSystem } from './with-system.ts'

interface Sealed extends AsyncDisposable {
  sealing: Pick<Sealing, 'check' | 'giveUp' | 'has' | 'isInUse' | 'renew' | 'unused'>
}

const USAGE = `npm run rotate-keys -- --new   adds a new key to the key file; start the servers again with it
npm run rotate-keys            brings what is sealed to the newest key, also while servers run
npm run rotate-keys -- --give-up VERSION   takes away what only that key could open, where it is lost for good`

/** `npm run rotate-keys`. Answers the exit code: 1 where something could not be opened, and stays as it was. */
export async function rotateKeysCommand(
  env: Record<string, string | undefined>,
  words: readonly string[],
  open: OpenSystem<Sealed>,
): Promise<number> {
  const [flag, version = ''] = words
  if (words.length === 1 && flag === '--new') return await newKey(env)
  if (words.length === 2 && flag === '--give-up' && /^\d{1,6}$/.test(version))
    return await withSystem(env, open, ({ sealing }) => giveUp(sealing, Number(version)))
  if (words.length > 0) {
    console.error(USAGE)
    return 1
  }
  return await withSystem(env, open, ({ sealing }) => rotate(sealing))
}

async function rotate(sealing: Sealed['sealing']): Promise<number> {
  await sealing.check()
  if (!(await sealing.isInUse())) {
    console.error('No server has started with the newest key yet. Start them with it, then rotate.')
    return 1
  }
  let unreadable = 0
  await sealing.renew((done) => {
    unreadable += done.unreadable
    console.log(
      `${done.name}: ${done.renewed} sealed anew${done.unreadable > 0 ? `, ${done.unreadable} could not be opened` : ''}.`,
    )
  })
  for (const version of await sealing.unused())
    console.log(`Nothing is sealed with key ${version} any more: it may go.`)
  return unreadable > 0 ? 1 : 0
}

async function giveUp(sealing: Sealed['sealing'], version: number): Promise<number> {
  if (await sealing.has(version)) {
    console.error(`Key ${version} is there. What is sealed with it can be opened.`)
    return 1
  }
  await sealing.giveUp(version, (name, rows) => console.log(`${name}: ${rows} taken away.`))
  return 0
}

async function newKey(env: Record<string, string | undefined>): Promise<number> {
  return command(async () => {
    const { dataDir, vaultKeys, vaultKeyFile } = readSettings(env, Boolean(process.stdout.isTTY))
    if (vaultKeys.length > 0) {
      console.error('The keys are those of VAULT_KEYS: add one there.')
      return 1
    }
    await prepareDataDir(dataDir)
    console.log(
      `Key ${await addKey(vaultKeyFile)} stands in ${vaultKeyFile}. Keep a copy of it, start the servers again, and then run npm run rotate-keys.`,
    )
    return 0
  })
}
