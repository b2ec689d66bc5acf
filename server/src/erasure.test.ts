import { photo, startSystem } from '@tintype/testkit'
import { SoftwareAuthenticator, totpCode } from '@tintype/testkit/authenticator'
import { shortClip } from '@tintype/testkit/media/reels'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { usesApps } from './modules/apps/third-party.suite.ts'
import { download, listOf, unzip } from './modules/archives/archive.suite.ts'

/** Where a deleted member's id may stand, and why. */
const kept: Record<string, string> = {
  'interactions.author_id': 'whose posts others like: their own memory, of an id that leads nowhere',
  'moderation_audit.actor_id': 'what was done stays on record: an id that leads nowhere',
  'moderation_audit.member_id': 'the same of whom it was done to',
  'moderation_audit.subject_id': 'the same',
  'posts.facets': 'what others wrote: the mention leads nowhere',
  'stories.stickers': 'the same in a story',
  'users.user_id': 'the row stays, empty, so that the id stays theirs',
}

/** Facts are swept when they are a day old; the log keeps no names. */
const logs = new Set(['events', 'event_parked', 'event_dead_letters'])

test('after a member has left, no column holds their id', async () => {
  await using system = await startSystem()
  const [owner, ana, ben, cleo, dora] = await system.people('olga', 'ana', 'ben', 'cleo', 'dora')
  // Everything that a member can do, and that can be done to them.
  await ana.api.members.update({ body: { full_name: 'Ana Ng', bio: 'about me', privacy_level: 'private' } })
  await ben.follow(ana)
  await ana.accept(ben)
  await cleo.follow(ana)
  for (const one of [ben, cleo]) await ana.follow(one)
  await ana.api.graph.mute({ params: ben })
  await ana.block(cleo)
  const own = await ana.share({
    caption: 'mine #tag',
    location: { name: 'The bay' },
    photos: [await photo(1, { width: 64, height: 64 })],
  })
  const theirs = await ben.share({
    caption: 'hi @ana',
    people: [{ username: 'ana', picture: 0, x: 0.5, y: 0.5 }],
    photos: [await photo(2, { width: 64, height: 64 })],
  })
  await system.settle()
  const [said] = [await ben.comment(own, 'nice, @ana'), await ana.comment(theirs, 'thanks, @ben')]
  for (const one of [ana, ben]) await one.api.postSettings.change({ body: { filtered_words: ['held'] } })
  for (const [writer, post] of [
    [ben, own],
    [ana, theirs],
  ] as const)
    expect(await writer.comment(post, 'held @ana')).toMatchObject({ held: true })
  await ana.api.commentReview.pin({ params: { comment_id: said.comment_id } })
  await ana.api.comments.like({ params: { comment_id: said.comment_id } })
  await ben.api.engagement.like({ params: own })
  for (const act of ['like', 'save'] as const) await ana.api.engagement[act]({ params: theirs })
  const placed = { x: 0.5, y: 0.5, width: 0.5, rotation: 0 }
  const poll = { kind: 'poll' as const, options: ['this', 'that'], ...placed }
  const mention = { kind: 'mention' as const, username: 'ana', ...placed }
  const ownStory = await ana.story({ stickers: [poll] })
  const theirStory = await ben.story({ stickers: [poll, mention] })
  await system.settle()
  for (const [viewer, story] of [
    [ben, ownStory],
    [ana, theirStory],
  ] as const) {
    await viewer.viewStory(story)
    await viewer.api.stories.react({ params: story, body: { emoji: '🔥' } })
    await viewer.api.stories.answer({ params: { ...story, sticker: 0 }, body: { choice: 1 } })
  }
  await ana.api.highlights.create({ body: { title: 'Kept', story_ids: [ownStory.story_id] } })
  await ana.api.stories.changeSettings({ body: { save_to_archive: true } })
  for (const [one, other] of [
    [ana, ben],
    [ben, ana],
  ] as const) {
    const { circle_id } = await one.api.circles.create({ body: { name: 'Close' } })
    await one.api.circles.addMember({ params: { circle_id, username: other.username } })
    await one.api.stories.addCloseFriend({ params: other })
    await one.api.stories.hideFrom({ params: other })
    await one.api.stories.mute({ params: other })
    const { collection_id } = await one.api.collections.create({
      body: { name: 'Kept', post_id: theirs.post_id },
    })
    await one.api.collections.addMember({ params: { collection_id, username: other.username } })
  }
  for (const other of [ben, dora]) {
    const { conversation_id } = await ana.api.conversations.create({ body: { usernames: [other.username] } })
    const params = { conversation_id }
    const [upload_id] = await ana.upload([await photo(4, { width: 64, height: 64 })])
    const photos = [{ upload_id: upload_id as never }]
    const said = await ana.api.messages.send({
      params,
      body: { client_message_id: 'erased-photo', photos, expires: 'view_once' },
    })
    await other.api.messages.open({ params: said })
    const back = await other.api.messages.send({
      params,
      body: { client_message_id: 'hello-ana', text: 'hi' },
    })
    await ana.api.messages.react({ params: back, body: { emoji: '🔥' } })
    await ana.api.conversations.markRead({ params, body: { up_to: back.message_id } })
  }
  for (const usernames of [['ben', 'dora']]) {
    const group = await ana.api.conversations.create({ body: { usernames, name: 'Group' } })
    const left = await ben.api.conversations.create({ body: { usernames: ['ana', 'dora'] } })
    await system.settle()
    for (const { conversation_id } of [group, left])
      await ana.api.messages.send({
        params: { conversation_id },
        body: { client_message_id: 'to-the-group', text: 'hi all', expires: 'day' },
      })
    await ana.api.conversations.leave({ params: left })
  }
  await ana.api.messages.changeSettings({
    body: { presence: true, read_receipts: false, accept_from: 'everyone' },
  })
  for (const [one, other] of [
    [ana, ben],
    [ben, ana],
  ] as const) {
    await one.api.feed.addFavourite({ params: other })
    await one.api.reposts.mute({ params: other })
    await one.api.graph.snooze({ params: other })
    await one.api.explore.hideAuthor({ params: other })
    await one.api.explore.dismissSuggestion({ params: other })
  }
  const clip = await shortClip()
  await ana.share({ photos: [clip], reel: { share_sound: true } })
  const reel = await dora.share({ photos: [clip], reel: {} })
  const liked = await dora.share()
  await system.settle()
  await ana.like(liked)
  await ana.api.reposts.repost({ params: liked })
  await ana.goPublic()
  await ben.api.reposts.repost({ params: own })
  await ana.goPrivate()
  await system.settle()
  await ana.api.reposts.changeSettings({ body: { allowed: false } })
  await ana.api.feed.followTag({ params: { tag: 'pier' } })
  await ana.api.feed.changeWeights({ body: { popularity: 50, affinity: 200, recency: 100 } })
  for (const one of [ana, ben]) await one.api.feed.explore()
  for (const one of [ana, ben]) await one.api.reels.feed()
  const seen = { watched_ms: 900, length_ms: 1000, completed: true, replays: 1, sound_on: true }
  await ana.api.reels.watched({ body: { watches: [{ post_id: reel.post_id, ...seen }] } })
  await ana.api.search.addRecent({ body: { q: 'harbours' } })
  for (const one of [ana, ben]) await one.api.search.addRecent({ body: { username: 'ana' } })
  const { secret } = await ana.api.factors.beginTotp()
  await ana.api.factors.confirmTotp({ body: { code: totpCode(secret, system.clock.now()) } })
  const device = new SoftwareAuthenticator('http://localhost')
  const passkey = device.create((await ana.api.factors.newPasskey()) as never)
  await ana.api.factors.addPasskey({ body: { name: 'Key', passkey } })
  const outcome = await ana.logIn().catch((error) => error.code)
  expect(outcome).toBe('second_factor_required')
  await owner.api.moderation.giveRole({ params: ana, body: { role: 'moderator' } })
  for (const [reporter, member] of [
    [ana, ben],
    [ben, ana],
  ] as const)
    await reporter.api.reports.create({
      body: { kind: 'member', id: member.id, reason: 'other', note: 'why' },
    })
  await ana.api.moderation.act({
    params: { kind: 'member', subject_id: ben.id },
    body: { act: 'warn', rule: 'other' },
  })
  await owner.api.moderation.act({
    params: { kind: 'member', subject_id: ana.id },
    body: { act: 'warn', rule: 'other' },
  })
  const { acts } = await ana.api.reports.status()
  await ana.api.reports.appeal({ params: { act_id: acts[0]?.act_id as never }, body: { text: 'please' } })
  await usesApps(ana, ben)
  await ana.upload([await photo(3, { width: 64, height: 64 })])
  const toCome = await ana.upload([await photo(5, { width: 64, height: 64 })])
  const publish_at = new Date(system.clock.now() + 70 * 86_400_000).toISOString()
  for (const [owner, other] of [
    [ana, ben],
    [ben, ana],
  ] as const) {
    const post = await owner.share({ collaborators: [other.username] })
    await system.settle()
    await other.api.collaborators.accept({ params: post })
    await owner.share({ collaborators: [other.username] })
  }
  await ana.api.scheduled.create({ body: { upload_ids: toCome, publish_at, caption: 'soon' } })
  await ana.api.links.create({ params: own, body: { password: 'for friends' } })
  await ana.api.graph.restrict({ params: ben })
  await ben.api.graph.restrict({ params: ana })
  await ana.api.interactionLimit.set({ body: { accounts: 'both', days: 1 } })
  await ana.api.viewing.change({ body: { muted_words: ['spider'] } })
  await system.settle()
  await ana.api.feed.home()
  await ana.api.notifications.list()
  await ben.api.feed.home()

  const before = await columnsWith(ana.id)
  expect(before).toEqual(
    expect.arrayContaining([
      'app_device_codes.user_id',
      'app_grants.user_id',
      'apps.owner_id',
      'likes.user_id',
      'author_reels.author_id',
      'reel_watches.user_id',
      'restricts.restricter_id',
      'restricted_by.restricted_id',
      'sound_reels.author_id',
      'followers.follower_id',
      'interaction_limits.user_id',
      'viewing_choices.user_id',
      'login_challenges.user_id',
      expect.stringMatching(/^search_documents_[ab]\.id$/),
      'search_place_posts.author_id',
      'search_recents.value',
    ]),
  )
  await expectTold(before)
  await ana.leave()
  await system.settle()
  for (const schedule of system.system.schedules) {
    system.clock.advance(30 * 86_400_000)
    await schedule.run(new AbortController().signal)
  }
  expect(await columnsWith(ana.id)).toEqual(Object.keys(kept))

  /** What is said to be told of a table in which the member stands, their archive tells. */
  async function expectTold(columns: readonly string[]) {
    await ana.prove()
    const { export_id } = await ana.api.exports.create()
    await system.settle()
    const { url } = await ana.api.exports.link({ params: { export_id } })
    const files = await unzip(await download(system, url))
    const notes = new Map(
      Object.values(system.system.personal).flatMap(({ tables }) => Object.entries(tables)),
    )
    for (const table of new Set(columns.map((column) => column.split('.')[0] ?? ''))) {
      const note = notes.get(table)
      if (!note || !('told' in note) || note.told.includes('files')) continue
      const told = note.told.some((file) => listOf(files, file).length > 0)
      expect([table, told]).toEqual([table, true])
    }
  }

  async function columnsWith(id: string): Promise<string[]> {
    const { query } = system.engines.db
    const { rows } = await sql<{ table: string; column: string; type: string }>`
      select c.table_name as table, c.column_name as column, c.data_type as type
      from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
      where table_schema = 'public' and t.table_type = 'BASE TABLE'
        and c.data_type in ('uuid', 'text', 'json', 'jsonb', 'ARRAY')
      order by 1, 2`.execute(query)
    const found: string[] = []
    for (const { table, column } of rows.filter((row) => !logs.has(row.table))) {
      const hit = await sql`
        select from ${sql.table(table)} where strpos(${sql.ref(column)}::text, ${id}) > 0 limit 1`.execute(
        query,
      )
      if (hit.rows.length > 0) found.push(`${table}.${column}`)
    }
    return found
  }
})
