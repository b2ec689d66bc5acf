import 'fake-indexeddb/auto'
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import type { Message, MessageId } from '@tintype/contract'
import { IDBFactory } from 'fake-indexeddb'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { entities } from '../../data/entities/entities.ts'
import { fakeApi } from '../../testing/fake-api.ts'
import { apiMessage, messageId, userNamed } from '../../testing/things.ts'
import {
  address,
  ben,
  field,
  fromAna,
  messengerApi,
  open,
  openSocket,
  own,
  said,
  saidNow,
  say,
  taking,
  withAna,
} from './messenger-under-test.tsx'

const recent = (n: number) => ({ created_at: new Date(Date.now() - (60 - n) * 1000).toISOString() })

const still = {
  media_id: 'x',
  type: 'photo',
  url: '/media/x.webp',
  width: 4,
  height: 5,
  thumbhash: '',
  dominant_color: '#000',
  alt_text: '',
  variants: [],
}

openSocket()
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
})

describe('a message', () => {
  const menu = async (user: Awaited<ReturnType<typeof open>>['user'], name: string) => {
    await user.click(screen.getByRole('button', { name }))
    return within(await screen.findByRole('dialog', { name: 'Message' }))
  }

  it('is answered, and leads to what it answers', async () => {
    const made: Message[] = []
    const api = fakeApi({ ...messengerApi({ messages: [fromAna(1)] }), 'messages.send': taking(made) })
    const { user } = await open(address)
    await said('Message 1')
    await user.click(
      (await menu(user, 'Options of the message of Ana Example')).getByRole('button', { name: 'Reply' }),
    )
    expect(await screen.findByText('Reply to Ana Example')).toBeDefined()
    await user.type(await field(), 'Yes{Enter}')
    await waitFor(() => expect(made).toHaveLength(1))
    expect(vi.mocked(api.messages.send).mock.calls[0]?.[0].body).toMatchObject({
      text: 'Yes',
      reply_to: messageId(1),
    })
    expect(screen.queryByText('Reply to Ana Example')).toBeNull()
  })

  it('shows what the address in it leads to, and asks nobody else for it', async () => {
    const link = { url: 'https://doors.example/1', title: 'A red door', text: '', site: 'Doors' }
    const picture = 'data:image/webp;base64,AA'
    fakeApi(messengerApi({ messages: [{ ...fromAna(1), body: link.url, link: { ...link, picture } }] }))
    await open(address)
    const card = await screen.findByRole('link', { name: /A red door/ })
    expect(card.getAttribute('href')).toBe(link.url)
    expect(card.getAttribute('rel')).toBe('noopener noreferrer nofollow')
    expect(card.querySelector('img')?.src).toBe(picture)
  })

  it('is reacted to, shown at once, and taken back', async () => {
    const message = fromAna(1)
    fakeApi({
      ...messengerApi({ messages: [message] }),
      'messages.react': async ({ body }) => ({
        ...message,
        reactions: [{ emoji: body.emoji, user_ids: [ben.user_id] }],
      }),
      'messages.unreact': async () => message,
    })
    const { user } = await open(address)
    await said('Message 1')
    await user.click(
      (await menu(user, 'Options of the message of Ana Example')).getByRole('button', {
        name: 'React with 👏',
      }),
    )
    const mine = await screen.findByRole('button', { name: '👏 by You' })
    expect(mine.getAttribute('aria-pressed')).toBe('true')
    await user.click(mine)
    await waitFor(() => expect(screen.queryByRole('button', { name: '👏 by You' })).toBeNull())
  })

  it('is edited while that is possible', async () => {
    const message = own(1, recent(1))
    const edit = vi.fn(async ({ body }: { body: { text: string } }) => ({
      ...message,
      body: body.text,
      edited_at: message.created_at,
    }))
    fakeApi({ ...messengerApi({ messages: [message] }), 'messages.edit': edit })
    const { user } = await open(address)
    await said('Message 1')
    await user.click((await menu(user, 'Options of your message')).getByRole('button', { name: 'Edit' }))
    await waitFor(async () => expect((await field()).value).toBe('Message 1'))
    await user.clear(await field())
    await user.type(await field(), 'Better{Enter}')
    expect(await said('Better')).toBeDefined()
    expect(screen.getByText('edited')).toBeDefined()
    expect((await field()).value).toBe('')
    expect(edit).toHaveBeenCalledOnce()
  })

  it('is not offered for editing later than a quarter of an hour, nor another’s ever', async () => {
    const old = own(1, { created_at: new Date(Date.now() - 16 * 60_000).toISOString() })
    fakeApi(messengerApi({ messages: [old, fromAna(2)] }))
    const { user } = await open(address)
    await said('Message 2')
    const mine = await menu(user, 'Options of your message')
    expect(mine.queryByRole('button', { name: 'Edit' })).toBeNull()
    expect(mine.getByRole('button', { name: 'Unsend' })).toBeDefined()
    await user.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(
      (await menu(user, 'Options of the message of Ana Example')).queryByRole('button', { name: 'Unsend' }),
    ).toBeNull()
  })

  it('that is unsent leaves nothing of its text, here and for the others', async () => {
    const message = own(2, recent(2))
    fakeApi({
      ...messengerApi({ messages: [fromAna(1, { body: 'Secret of ana' }), message] }),
      'messages.unsend': async () => ({ ...message, unsent: true, body: null }),
    })
    const { user } = await open(address)
    await said('Message 2')
    await user.click((await menu(user, 'Options of your message')).getByRole('button', { name: 'Unsend' }))
    await user.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Unsend' }))
    expect(await said('Message unsent')).toBeDefined()
    expect(saidNow('Message 2')).toEqual([])
    await say({ type: 'message.changed', data: { message: fromAna(1, { unsent: true, body: null }) } })
    expect(await said('Ana Example unsent a message')).toBeDefined()
    expect(document.body.textContent).not.toContain('Secret of ana')
  })

  it('whose time is over is gone', async () => {
    fakeApi(messengerApi({ messages: [fromAna(1), fromAna(2, { expires: 'day' })] }))
    await open(address)
    await said('Message 2')
    await say({
      type: 'message.gone',
      data: { conversation_id: withAna.conversation_id, message_id: messageId(2) },
    })
    await waitFor(() => expect(saidNow('Message 2')).toEqual([]))
    expect(entities.get('messages', messageId(2) as MessageId)).toBeUndefined()
  })

  it('by somebody who is not to be seen any more keeps its place without a name', async () => {
    fakeApi(messengerApi({ messages: [apiMessage(1, null), fromAna(2)] }))
    await open(address)
    await said('Message 2')
    expect(screen.getByRole('button', { name: 'Options of the message of Somebody' })).toBeDefined()
  })
})

describe('what is shared', () => {
  const { viewer: _, ...carla } = userNamed('carla')
  const share = (fields: object) => ({
    type: 'share' as const,
    purpose: 'share' as const,
    kind: 'post' as const,
    id: 'p1',
    available: true,
    preview: { author: carla, address: '/p/p1', text: 'Low tide', picture: null },
    ...fields,
  })

  it('is previewed, or said not to be available', async () => {
    const messages = [
      fromAna(1, { kind: 'share', body: null, attachments: [share({})] }),
      fromAna(2, { kind: 'share', body: null, attachments: [share({ available: false, preview: null })] }),
      own(3, {
        kind: 'share',
        body: 'Wow',
        attachments: [share({ kind: 'story', purpose: 'reply', available: false, preview: null })],
      }),
    ]
    fakeApi(messengerApi({ messages }))
    await open(address)
    expect((await screen.findByRole('link', { name: /Post of carla/ })).getAttribute('href')).toBe('/p/p1')
    expect(screen.getAllByText('Not available')).toHaveLength(2)
    expect(screen.getByText('You replied to their story')).toBeDefined()
  })

  it('to be seen once is opened once, and shown nowhere else', async () => {
    const closed = { type: 'photo' as const, state: 'closed' as const, media: null }
    const message = fromAna(1, { kind: 'media', body: null, expires: 'view_once', attachments: [closed] })
    const api = fakeApi({
      ...messengerApi({ messages: [message] }),
      'messages.open': async () => ({
        ...message,
        opened: true,
        attachments: [{ ...closed, state: 'ready', media: still }],
      }),
    })
    const { user, router } = await open(address)
    await user.click(await screen.findByRole('button', { name: /View photo/ }))
    expect(await screen.findByRole('dialog')).toBeDefined()
    await user.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(screen.getByText('Photo was seen')).toBeDefined()
    // Nor to whoever goes forward again.
    act(() => router.history.forward())
    await waitFor(() => expect(router.state.location.state.messagePictures).toBeDefined())
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(JSON.stringify(entities.get('messages', message.message_id))).not.toContain('/media/x.webp')
    expect(api.messages.open).toHaveBeenCalledOnce()
  })
})

describe('pictures', () => {
  it('are seen on the full screen, which back closes', async () => {
    const media = (media_id: string, alt_text: string) => ({ ...still, media_id, alt_text }) as never
    const attachments = ['A coast', 'A dune'].map((alt_text, at) => ({
      type: 'photo' as const,
      state: 'ready' as const,
      media: media(`m${at}`, alt_text),
    }))
    fakeApi(messengerApi({ messages: [fromAna(1, { kind: 'media', body: null, attachments })] }))
    const { user, router } = await open(address)
    await user.click(await screen.findByRole('button', { name: 'A dune' }))
    expect(await screen.findByRole('dialog', { name: 'Pictures by Ana Example' })).toBeDefined()
    act(() => router.history.back())
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(router.state.location.pathname).toBe(address)
    await user.click(await screen.findByRole('button', { name: 'A coast' }))
    await screen.findByRole('dialog')
    await user.keyboard('{Escape}')
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(router.state.location.pathname).toBe(address)
  })

  it('are described before they are sent', async () => {
    URL.createObjectURL = () => 'blob:plate'
    URL.revokeObjectURL = () => undefined
    fakeApi(messengerApi({ messages: [fromAna(1)] }))
    const { user } = await open(address)
    await field()
    fireEvent(
      document.body,
      Object.assign(new Event('paste', { bubbles: true }), { clipboardData: { files: [png()] } }),
    )
    await user.click(await screen.findByRole('button', { name: 'Describe plate.png' }))
    await user.type(await screen.findByRole('textbox', { name: 'Describe plate.png' }), 'A coast')
    await user.click(screen.getByRole('button', { name: 'Done' }))
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
    expect(screen.getByRole('button', { name: 'Description of plate.png' })).toBeDefined()
  })

  const png = () =>
    new File([Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0])], 'plate.png', {
      type: 'image/png',
    })

  it('dropped and pasted anywhere go into the message, not into a post', async () => {
    URL.createObjectURL = () => 'blob:plate'
    URL.revokeObjectURL = () => undefined
    fakeApi(messengerApi({ messages: [fromAna(1)] }))
    const { user } = await open(address)
    await field()
    const dataTransfer = { types: ['Files'], files: [png()] }
    fireEvent(
      document.body,
      Object.assign(new Event('dragover', { bubbles: true, cancelable: true }), { dataTransfer }),
    )
    expect(await screen.findByText('Drop to send to Ana Example')).toBeDefined()
    fireEvent(
      document.body,
      Object.assign(new Event('drop', { bubbles: true, cancelable: true }), { dataTransfer }),
    )
    expect(await screen.findByRole('button', { name: 'Take out plate.png' })).toBeDefined()
    fireEvent(
      document.body,
      Object.assign(new Event('paste', { bubbles: true }), { clipboardData: { files: [png()] } }),
    )
    await waitFor(() => expect(screen.getAllByRole('button', { name: 'Take out plate.png' })).toHaveLength(2))
    expect(screen.queryByRole('dialog')).toBeNull()
    await user.click(screen.getAllByRole('button', { name: 'Take out plate.png' })[0] as HTMLElement)
    await waitFor(() => expect(screen.getAllByRole('button', { name: 'Take out plate.png' })).toHaveLength(1))
    expect(screen.getByRole('radio', { name: 'View once' })).toBeDefined()
  })
})
