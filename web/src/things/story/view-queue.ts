import { type StoryId, TintypeError } from '@tintype/contract'
import { api } from '../../data/client.ts'
import { entities } from '../../data/entities/entities.ts'
import { meQuery } from '../../data/member.ts'
import { isPassing, queryClient } from '../../data/query-client.ts'
import { readStored, writeStored } from '../../data/storage.ts'
import { markSeen } from '../../data/stories-seen.ts'

/** Views that the server has not been told of yet; kept in the browser, so that those of a lost connection count later. */
interface Waiting {
  viewer: string
  ids: StoryId[]
}

const viewerNow = (): string | undefined => queryClient.getQueryData(meQuery.queryKey)?.user_id

/** What another member left in this browser is not sent. */
function read(): StoryId[] {
  try {
    const waiting = JSON.parse(readStored('tintype.views') ?? 'null') as Waiting | null
    return waiting && waiting.viewer === viewerNow() ? waiting.ids : []
  } catch {
    return []
  }
}

function write(ids: StoryId[]): void {
  const viewer = viewerNow()
  if (ids.length === 0) writeStored('tintype.views', null)
  else if (viewer) writeStored('tintype.views', JSON.stringify({ viewer, ids } satisfies Waiting))
}

/** Says that the viewer has seen it: shown at once, sent once. */
export function recordView(id: StoryId): void {
  markSeen(id)
  const waiting = read()
  if (!waiting.includes(id)) write([...waiting, id])
  void sendViews()
}

let sending: Promise<void> | undefined

/** Sends what waits, one after the other; what the network does not take stays for the next time. */
export function sendViews(): Promise<void> {
  sending ??= sendAll().finally(() => {
    sending = undefined
  })
  return sending
}

async function sendAll(): Promise<void> {
  for (let id = read()[0]; id; id = read()[0]) {
    const outcome = await send(id)
    if (outcome === 'later') return
    const sent = id
    write(read().filter((one) => one !== sent))
  }
}

async function send(story_id: StoryId): Promise<'done' | 'later'> {
  try {
    await api.stories.view({ params: { story_id } })
    return 'done'
  } catch (error) {
    if (isPassing(error) || (error instanceof TintypeError && error.status === 429)) return 'later'
    // Whatever else it is, another try would not mend it; and what is gone leaves the screen.
    if (error instanceof TintypeError && error.code === 'not_found') entities.remove('stories', story_id)
    return 'done'
  }
}
