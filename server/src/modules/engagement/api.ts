import type { EngagementService } from './service.ts'

/** What members did with posts. */
export type Engagement = Pick<EngagementService, 'counters' | 'hashtagsBy' | 'savedPage' | 'postStats'>
