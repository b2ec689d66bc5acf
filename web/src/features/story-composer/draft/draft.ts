import type { CircleId, StoryAudience, StoryReplies } from '@tintype/contract'
import { endStroke, type History, record, redo, startHistory, undo } from '../../../kit/history.ts'
import type { FilmType, PhotoType } from '../../../upload/picture-kind.ts'
import { emptyScene, isEmpty, type Scene } from '../scene/scene.ts'

export interface StorySettings {
  audience: StoryAudience
  /** Of them those alone who are in one of these; none: all. */
  circles: CircleId[]
  replies: StoryReplies
}
export interface SourceFile {
  file: Blob
  type: PhotoType | FilmType
}

/** A story in the making. Changed only by the functions below. */
export interface StoryDraft {
  id: string
  /** The member has chosen what to begin with. */
  begun: boolean
  scene: History<Scene>
  /** Pictures by `fileId`; those that were taken out stay for undo. */
  files: ReadonlyMap<string, SourceFile>
  /** The thing that is worked on. */
  selected: string | null
  settings: StorySettings
}

export const firstSettings: StorySettings = { audience: 'followers', circles: [], replies: 'everyone' }

export const newDraft = (id: string, settings = firstSettings): StoryDraft => ({
  id,
  begun: false,
  scene: startHistory(emptyScene),
  files: new Map(),
  selected: null,
  settings,
})

const withScene = (draft: StoryDraft, scene: History<Scene>): StoryDraft => ({
  ...draft,
  scene,
  selected: scene.present.things.some(({ id }) => id === draft.selected) ? draft.selected : null,
})

/** Changes with the same `stroke` (one drag, one pinch) are one step of undo, until `restDraft`. */
export const changeScene = (
  draft: StoryDraft,
  change: (scene: Scene) => Scene,
  stroke: string | null = null,
): StoryDraft => withScene(draft, record(draft.scene, change(draft.scene.present), stroke))

export const restDraft = (draft: StoryDraft): StoryDraft => ({ ...draft, scene: endStroke(draft.scene) })
export const undoDraft = (draft: StoryDraft): StoryDraft => withScene(draft, undo(draft.scene))
export const redoDraft = (draft: StoryDraft): StoryDraft => withScene(draft, redo(draft.scene))

/** Something would be lost with it. */
export const isWorthKeeping = ({ scene }: StoryDraft): boolean => !isEmpty(scene.present)
