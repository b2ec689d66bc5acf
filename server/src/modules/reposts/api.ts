import type { RepostsReader } from './reader.ts'

/** What members have passed on to their followers. */
export type Reposts = Pick<RepostsReader, 'counts' | 'isReposted' | 'newestBy' | 'sharers'>
