import type { MediaId, UploadKind } from '@tintype/contract'
import { sql } from 'kysely'
import type { Sql, Tx } from '../../engines/db/port.ts'

type Tables = {
  rendition_sets: { recipe: string; kind: UploadKind; state: 'live' | 'deleting'; unused_since: Date | null }
  rendition_refs: { recipe: string; media_id: MediaId }
}
type Handle = Sql | Tx
const on = (db: Handle) => (db as Sql).withTables<Tables>()

/**
 * Holds a set of renditions for a picture. The set's row decides the race with its collection: rejects, and so undoes
 * the transaction, while its files are being deleted; a moment later it is a new set.
 */
export async function holdSet(
  tx: Tx,
  { recipe, kind, media_id }: { recipe: string; kind: UploadKind; media_id: MediaId },
): Promise<void> {
  const set = await on(tx)
    .insertInto('rendition_sets')
    .values({ recipe, kind, state: 'live', unused_since: null })
    .onConflict((conflict) => conflict.column('recipe').doUpdateSet({ unused_since: null }))
    .returning('state')
    .executeTakeFirstOrThrow()
  if (set.state === 'deleting') throw new Error(`renditions ${recipe} are being deleted`)
  await on(tx)
    .insertInto('rendition_refs')
    .values({ recipe, media_id })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Lets go of sets; those that nobody holds any more are dated. */
export async function letGo(
  tx: Tx,
  refs: readonly { recipe: string; media_id: MediaId }[],
  now: Date,
): Promise<void> {
  const recipes = [...new Set(refs.map((ref) => ref.recipe))].sort()
  // Locks the sets first, in order, so that a picture which takes hold of one meanwhile waits for the answer.
  await on(tx)
    .selectFrom('rendition_sets')
    .select('recipe')
    .where('recipe', '=', sql<string>`any(${recipes}::text[])`)
    .orderBy('recipe')
    .forUpdate()
    .execute()
  for (const ref of refs) {
    await on(tx)
      .deleteFrom('rendition_refs')
      .where('recipe', '=', ref.recipe)
      .where('media_id', '=', ref.media_id)
      .execute()
  }
  await on(tx)
    .updateTable('rendition_sets')
    .set({ unused_since: now })
    .where('recipe', '=', sql<string>`any(${recipes}::text[])`)
    .where(sql<boolean>`not exists (select from rendition_refs r where r.recipe = rendition_sets.recipe)`)
    .execute()
}

/** Sets unused since before then, taken for deletion; again those that a broken-off collection had taken. */
export async function takeUnused(db: Handle, before: Date, limit: number): Promise<RenditionSet[]> {
  const { rows } = await sql<RenditionSet>`
    update rendition_sets set state = 'deleting' where recipe in (
      select recipe from rendition_sets where unused_since < ${before}
      order by unused_since limit ${limit} for update skip locked)
    returning recipe, kind`.execute(on(db))
  return rows
}

export interface RenditionSet {
  recipe: string
  kind: UploadKind
}

export async function deleteSets(db: Handle, recipes: readonly string[]): Promise<void> {
  await on(db)
    .deleteFrom('rendition_sets')
    .where('recipe', '=', sql<string>`any(${recipes}::text[])`)
    .where('state', '=', 'deleting')
    .execute()
}
