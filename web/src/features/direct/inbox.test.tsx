import 'fake-indexeddb/auto'
import { screen, waitFor, within } from '@testing-library/react'
import { TintypeError } from '@tintype/contract'
import { describe, expect, it, vi } from 'vitest'
import { fakeApi } from '../../testing/fake-api.ts'
import { page } from '../../testing/render-route.tsx'
import { apiConversation, apiMessage, userHits } from '../../testing/things.ts'
import { messengerApi, open, openSocket, say } from './messenger-under-test.tsx'

const at = (minute: number) => ({ active_at: new Date(Date.UTC(2026, 0, 2, 10, minute)).toISOString() })
const carla = apiConversation('c2', ['ben', 'carla'], {
  ...at(2),
  last_message: apiMessage(2, 'carla', { body: 'Fog again' }),
})
const ana = apiConversation('c1', ['ben', 'ana'], {
  ...at(1),
  viewer: { pinned: true },
  last_message: apiMessage(1, 'ana'),
})
const group = apiConversation('c3', ['ben', 'ana', 'carla'], {
  ...at(3),
  name: 'Plates',
  viewer: { muted: true, unread_count: 3 },
  last_message: apiMessage(3, 'carla', { conversation_id: 'c3' as never, body: 'Who brings the stand?' }),
})
const conversations = [ana, group, carla]

const list = () => screen.findByRole('list', { name: 'Conversations' })
const names = async () =>
  within(await list())
    .getAllByRole('link')
    .map((link) => link.textContent?.match(/Ana Example|Plates|Carla Example|Dora Example/)?.[0])

openSocket()

describe('the inbox', () => {
  it('has the pinned first, then the last active, and says what is new', async () => {
    fakeApi(messengerApi({ conversations }))
    await open('/direct/inbox')
    expect(await names()).toEqual(['Ana Example', 'Plates', 'Carla Example'])
    expect(screen.getByText('Carla: Who brings the stand?')).toBeDefined()
    expect(screen.getByText('3 unread messages')).toBeDefined()
    expect(screen.getByRole('img', { name: 'Muted' })).toBeDefined()
    expect(screen.getByRole('img', { name: 'Pinned' })).toBeDefined()
  })

  it('follows what is said, also in one that was further down than the list has been read', async () => {
    const dora = apiConversation('c4', ['ben', 'dora'], at(0))
    const api = fakeApi(messengerApi({ conversations }))
    await open('/direct/inbox')
    await list()
    const late = { created_at: new Date(Date.UTC(2026, 0, 2, 11)).toISOString() }
    await say({
      type: 'message.created',
      data: { message: apiMessage(8, 'carla', { ...late, conversation_id: carla.conversation_id }) },
    })
    await waitFor(async () => expect(await names()).toEqual(['Ana Example', 'Carla Example', 'Plates']))
    vi.mocked(api.conversations.get).mockResolvedValue({
      ...dora,
      active_at: new Date(Date.UTC(2026, 0, 2, 12)).toISOString(),
    })
    await say({
      type: 'message.created',
      data: { message: apiMessage(9, 'dora', { conversation_id: dora.conversation_id }) },
    })
    await waitFor(async () => expect((await names())[1]).toBe('Dora Example'))
  })

  it('says what it is for while there is nothing in it', async () => {
    fakeApi(messengerApi({ conversations: [] }))
    await open('/direct/inbox')
    expect(await screen.findByText('Nothing in the tray yet')).toBeDefined()
  })

  it('says what went wrong, and tries again', async () => {
    const api = fakeApi(messengerApi({ conversations }))
    vi.mocked(api.conversations.list).mockRejectedValueOnce(new TintypeError('internal'))
    const { user } = await open('/direct/inbox')
    await user.click(await screen.findByRole('button', { name: 'Try again' }))
    expect(await names()).toHaveLength(3)
  })

  it('loses what one has left, and what is declined', async () => {
    fakeApi(messengerApi({ conversations }))
    await open('/direct/inbox')
    await list()
    await say({ type: 'conversation.gone', data: { conversation_id: group.conversation_id } })
    await waitFor(async () => expect(await names()).toEqual(['Ana Example', 'Carla Example']))
  })
})

describe('requests', () => {
  const request = apiConversation('c5', ['ben', 'dora'], { viewer: { status: 'request', unread_count: 1 } })

  it('are counted, stand apart, and come into the inbox when they are accepted', async () => {
    const accepted = apiConversation('c5', ['ben', 'dora'], at(9))
    const requests = [request]
    const all = [...conversations]
    fakeApi({
      ...messengerApi({ conversations: all, requests }),
      'conversations.accept': async () => {
        all.push(...requests.splice(0).map(() => accepted))
        return accepted
      },
    })
    const { user } = await open('/direct/inbox')
    await user.click(await screen.findByRole('link', { name: /1 request/ }))
    await user.click(
      await within(await screen.findByRole('list', { name: 'Message requests' })).findByRole('link'),
    )
    await user.click(await screen.findByRole('button', { name: 'Accept' }))
    expect(await screen.findByRole('textbox', { name: 'Message' })).toBeDefined()
    await waitFor(async () => expect(await names()).toContain('Dora Example'))
  })

  it('are gone when they are declined', async () => {
    const requests = [request]
    const decline = vi.fn(async () => void requests.pop())
    fakeApi({ ...messengerApi({ conversations, requests }), 'conversations.decline': decline })
    const { user, path } = await open('/direct/t/c5')
    await user.click(await screen.findByRole('button', { name: 'Decline' }))
    await waitFor(() => expect(path()).toBe('/direct/requests'))
    expect(decline).toHaveBeenCalledOnce()
    expect(await screen.findByText('No requests')).toBeDefined()
  })
})

describe('a new message', () => {
  it('to one opens the conversation with them; to several begins a group', async () => {
    const create = vi.fn(
      async ({ body }: { body: { usernames: readonly string[]; name?: string | undefined } }) =>
        body.usernames.length > 1
          ? apiConversation('c9', ['ben', ...body.usernames], { name: body.name ?? null })
          : apiConversation('c1', ['ben', 'ana']),
    )
    fakeApi({
      ...messengerApi({ conversations }),
      'conversations.create': create,
      'search.find': async () => page(userHits('ana', 'carla', 'ben')),
    })
    const { user, path } = await open('/direct/inbox')
    await user.click((await screen.findAllByRole('button', { name: 'New message' }))[0] as HTMLElement)
    const dialog = within(await screen.findByRole('dialog', { name: 'New message' }))
    expect(dialog.getByRole<HTMLButtonElement>('button', { name: 'Start' }).disabled).toBe(true)
    await user.type(dialog.getByRole('searchbox'), 'a')
    await user.click(await dialog.findByRole('button', { name: /Ana Example/ }))
    expect(dialog.queryByRole('button', { name: /Ben Example/ })).toBeNull()
    await user.type(dialog.getByRole('searchbox'), 'c')
    await user.click(await dialog.findByRole('button', { name: /Carla Example/ }))
    await user.type(dialog.getByRole('textbox', { name: 'Name of the group (optional)' }), 'Plates')
    await user.click(dialog.getByRole('button', { name: 'Start' }))
    await waitFor(() => expect(path()).toBe('/direct/t/c9'))
    expect(create).toHaveBeenCalledWith({ body: { usernames: ['ana', 'carla'], name: 'Plates' } })
  })
})

describe('an invitation', () => {
  const invite = { name: 'Plates', members_count: 4, known: [], conversation_id: null }

  it('leads into the group', async () => {
    fakeApi({
      ...messengerApi({ conversations }),
      'conversations.invitation': async () => invite,
      'conversations.join': async () => group,
    })
    const { user, path } = await open('/direct/join/abcdefgh')
    expect(await screen.findByRole('heading', { name: 'Plates' })).toBeDefined()
    expect(screen.getByText('You see what is written from when you join.')).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Join' }))
    await waitFor(() => expect(path()).toBe('/direct/t/c3'))
  })

  it('that was ended leads nowhere', async () => {
    fakeApi({
      ...messengerApi({}),
      'conversations.invitation': async () => {
        throw new TintypeError('not_found')
      },
    })
    await open('/direct/join/abcdefgh')
    expect(await screen.findByText('This invitation leads nowhere')).toBeDefined()
  })
})
