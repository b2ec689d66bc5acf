import { forgetDrafts as forgetMessageDrafts } from '../data/direct/drafts.ts'
import { forgetOutbox } from '../data/direct/outbox.ts'
import { readStored, writeStored } from '../data/storage.ts'
import { forgetAllDrafts } from '../features/composer/draft/draft-shelf.ts'
import { StoryShelf } from '../features/story-composer/draft/story-shelf.ts'
import { forgetTime } from '../things/time/kept.ts'

/**
 * Unfinished posts and messages that are kept on this device, views of stories that could not be sent, and how long one was here: all of them, as the next one at
 * this screen may be somebody else. Where accounts are left that this browser is logged in to, theirs stay.
 */
export async function forgetDrafts(member: string | undefined): Promise<void> {
  const only = readStored('tintype.accounts') === null ? undefined : member
  // They say that something waits, not whose.
  const marks = only
    ? []
    : (['tintype.sharing', 'tintype.sharing-story', 'tintype.views', 'tintype.unsent'] as const)
  for (const mark of marks) writeStored(mark, null)
  forgetMessageDrafts(only)
  forgetTime(only)
  await Promise.all([forgetAllDrafts(only), new StoryShelf().forgetAll(only), forgetOutbox(only)])
}
