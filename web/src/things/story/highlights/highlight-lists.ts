import { queryOptions } from '@tanstack/react-query'
import type { Highlight, HighlightId, StoryId, UserId, WholeHighlight } from '@tintype/contract'
import { api } from '../../../data/client.ts'
import { ingestStories, ingestUsers } from '../../../data/entities/ingest.ts'
import { queryClient } from '../../../data/query-client.ts'
import { highlightsOf } from '../story-lists.ts'

/** A highlight whose stories are in the store. */
export interface KeptHighlight extends Highlight {
  user_id: UserId
  cover_story_id: StoryId
  ids: StoryId[]
}

function kept({ user, stories, ...highlight }: WholeHighlight): KeptHighlight {
  ingestUsers([{ ...user, viewer: null }])
  return { ...highlight, user_id: user.user_id, ids: ingestStories(stories) }
}

export const highlightQuery = (highlight_id: HighlightId) =>
  queryOptions({
    queryKey: ['highlights', 'one', highlight_id],
    queryFn: async ({ signal }) => kept(await api.highlights.get({ params: { highlight_id }, signal })),
  })

export interface HighlightDraft {
  title: string
  story_ids: StoryId[]
  cover_story_id: StoryId
}

/** Makes one, or changes the one named; the row on the profile shows it at once. */
export async function saveHighlight(
  username: string,
  highlight_id: HighlightId | undefined,
  body: HighlightDraft,
): Promise<void> {
  const whole = highlight_id
    ? await api.highlights.edit({ params: { highlight_id }, body })
    : await api.highlights.create({ body })
  const { user: _, stories: __, cover_story_id: ___, ...entry } = whole
  queryClient.setQueryData(highlightQuery(whole.highlight_id).queryKey, kept(whole))
  queryClient.setQueryData(highlightsOf(username).queryKey, (row) => {
    if (!row) return row
    if (!highlight_id) return [entry, ...row]
    return row.map((one) => (one.highlight_id === highlight_id ? entry : one))
  })
}

export async function deleteHighlight(username: string, highlight_id: HighlightId): Promise<void> {
  await api.highlights.delete({ params: { highlight_id } })
  queryClient.setQueryData(highlightsOf(username).queryKey, (row) =>
    row?.filter((one) => one.highlight_id !== highlight_id),
  )
  queryClient.removeQueries({ queryKey: highlightQuery(highlight_id).queryKey })
}
