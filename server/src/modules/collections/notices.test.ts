import { startSystem } from '@tintype/testkit'
import { expect, test } from 'vitest'

test('whom a collection is shared with is told, for as long as it is', async () => {
  await using system = await startSystem()
  const [ana, ben] = await system.people('ana', 'ben')
  const doors = await ana.api.collections.create({ body: { name: 'Doors' } })
  const member = { params: { collection_id: doors.collection_id, username: 'ben' } }
  const told = async () => {
    await system.settle()
    const notices = await ben.notifications()
    expect((await ben.api.members.me()).unread_notifications).toBe(notices.length)
    return notices.map(({ type, actor, excerpt, address }) => [type, actor.username, excerpt, address])
  }
  await ana.api.collections.addMember(member)
  expect(await told()).toEqual([['collection_shared', 'ana', 'Doors', `/saved/${doors.collection_id}`]])
  await ana.api.collections.removeMember(member)
  expect(await told()).toEqual([])
  await ana.api.collections.addMember(member)
  expect(await told()).toHaveLength(1)
  await ana.api.collections.delete({ params: doors })
  expect(await told()).toEqual([])
})
