import { pbkdf2Async } from '@noble/hashes/pbkdf2.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { type Challenge, type DeriveKeyFunction, type Solution, solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2'

/** Null: it could not be worked out. */
export type Solved = Solution | null

/** On plain http, as in a home network, browsers keep their own to themselves; this one is some ten times slower. */
const plainly: DeriveKeyFunction = async ({ cost, keyLength }, salt, password) => ({
  derivedKey: await pbkdf2Async(sha256, password, salt, { c: cost, dkLen: keyLength }),
})

self.addEventListener('message', async ({ data: challenge }: MessageEvent<Challenge>) => {
  const solved: Promise<Solved> = solveChallenge({
    challenge,
    deriveKey: globalThis.crypto?.subtle ? deriveKey : plainly,
  })
  self.postMessage(await solved.catch(() => null))
})
