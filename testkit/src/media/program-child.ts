/** The process of a program that sends: argument 1 is what, as JSON. Its exit code is 0 once all was sent. */
import { type Clip, makeClip } from './clips.ts'

process.on('unhandledRejection', () => process.exit(1))
const { address, clip } = JSON.parse(process.argv[2] ?? '') as { address: string; clip: Clip }
await makeClip(address, clip).catch(() => process.exit(1))
process.exit(0)
