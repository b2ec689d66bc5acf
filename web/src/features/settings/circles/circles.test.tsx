import { screen, waitFor, within } from '@testing-library/react'
import { type Circle, type CircleId, TintypeError } from '@tintype/contract'
import { expect, it, vi } from 'vitest'
import { fakeApi } from '../../../testing/fake-api.ts'
import { page, renderRoute } from '../../../testing/render-route.tsx'
import { meNamed, userHits, userNamed } from '../../../testing/things.ts'

const open = () => renderRoute('/settings/circles', { me: meNamed('ben') })
const circleNamed = (name: string): Circle => ({
  circle_id: `c-${name}` as CircleId,
  name,
  members_count: 0,
})

/** A server that keeps what it is told. */
function keeping(...names: string[]) {
  let circles = names.map(circleNamed)
  const inside = new Map<string, string[]>()
  const set = (id: string, members: string[]) => {
    inside.set(id, members)
    circles = circles.map((one) => (one.circle_id === id ? { ...one, members_count: members.length } : one))
  }
  return fakeApi({
    'circles.list': async () => circles,
    'circles.create': async ({ body }) => {
      const made = circleNamed(body.name)
      circles = [...circles, made]
      return made
    },
    'circles.rename': async ({ params, body }) => {
      circles = circles.map((one) => (one.circle_id === params.circle_id ? { ...one, ...body } : one))
      return circles[0]
    },
    'circles.delete': async ({ params }) => {
      circles = circles.filter((one) => one.circle_id !== params.circle_id)
      return {}
    },
    'circles.members': async ({ params }) => ({
      items: (inside.get(params.circle_id) ?? []).map((name) => userNamed(name)),
      next_cursor: null,
    }),
    'circles.addMember': async ({ params: { circle_id, username } }) => {
      set(circle_id, [username, ...(inside.get(circle_id) ?? [])])
      return userNamed(username)
    },
    'circles.removeMember': async ({ params: { circle_id, username } }) => {
      set(
        circle_id,
        (inside.get(circle_id) ?? []).filter((one) => one !== username),
      )
      return {}
    },
    'search.find': async () => page(userHits('ana')),
  })
}

it('makes a circle, puts somebody in and takes them out', async () => {
  keeping()
  const { user } = await open()
  await user.type(await screen.findByLabelText('Name of the circle'), '  Close  ')
  await user.click(screen.getByRole('button', { name: 'Make circle' }))
  const card = within(await screen.findByRole('region', { name: 'Close' }))
  await user.type(await card.findByLabelText('Search people to add'), 'an')
  await user.click(await card.findByRole('button', { name: 'Add ana' }))
  expect(await card.findByText('1 person')).toBeDefined()
  await user.click(await card.findByRole('button', { name: 'Remove ana' }))
  expect(await card.findByText('Nobody in it')).toBeDefined()
})

it('renames one, and deletes one after asking', async () => {
  const api = keeping('Close')
  const { user } = await open()
  await user.click(await screen.findByRole('button', { name: 'Rename' }))
  const form = within(screen.getByRole('form', { name: 'Save' }))
  await user.clear(form.getByLabelText('Name of the circle'))
  await user.type(form.getByLabelText('Name of the circle'), 'Closer')
  await user.click(form.getByRole('button', { name: 'Save' }))
  await screen.findByRole('region', { name: 'Closer' })
  await user.click(screen.getByRole('button', { name: 'Delete' }))
  expect(vi.mocked(api.circles.delete)).not.toHaveBeenCalled()
  const asked = within(await screen.findByRole('alertdialog', { name: 'Delete Closer?' }))
  await user.click(asked.getByRole('button', { name: 'Delete' }))
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Closer' })).toBeNull())
})

it('says what is refused, and keeps what was written', async () => {
  keeping()
  fakeApi({
    'circles.list': async () => [],
    'circles.create': () => Promise.reject(new TintypeError('too_many_circles')),
  })
  const { user } = await open()
  await user.type(await screen.findByLabelText('Name of the circle'), 'One more')
  await user.click(screen.getByRole('button', { name: 'Make circle' }))
  expect(await screen.findByText(new TintypeError('too_many_circles').message)).toBeDefined()
  expect(screen.getByLabelText('Name of the circle')).toHaveProperty('value', 'One more')
})
