import { screen, waitFor } from '@testing-library/react'
import { TintypeError } from '@tintype/contract'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { fakeApi } from '../../testing/fake-api.ts'
import { page, renderRoute } from '../../testing/render-route.tsx'
import { meNamed, stranger, userNamed } from '../../testing/things.ts'

beforeAll(() => import('./RequestsScreen.tsx'), 120_000)

const ben = meNamed('ben', { is_private: true, follow_requests: 2 })
const asking = (name: string) => userNamed(name, { viewer: { ...stranger, requested_by: true } })
const answers = {
  'graph.requests': async () => page([asking('ana'), asking('carla')]),
  'graph.acceptRequest': async () => undefined,
  'graph.rejectRequest': async () => undefined,
  'members.me': async () => ben,
}

describe('follow requests', () => {
  it('are accepted, and then one may follow back', async () => {
    const api = fakeApi(answers)
    const { user } = await renderRoute('/requests', { me: ben })
    await user.click(await screen.findByRole('button', { name: 'Confirm ana as a follower' }))
    expect(await screen.findByText('ana follows you now')).toBeDefined()
    expect(await screen.findByRole('button', { name: 'Follow back ana' })).toBeDefined()
    expect(api.graph.acceptRequest).toHaveBeenCalledWith({ params: { username: 'ana' } })
    // The badge is asked for anew.
    await waitFor(() => expect(api.members.me).toHaveBeenCalled())
  })

  it('are refused in silence, and leave the list', async () => {
    const api = fakeApi(answers)
    const { user } = await renderRoute('/requests', { me: ben })
    await user.click(await screen.findByRole('button', { name: 'Delete the request of carla' }))
    await waitFor(() => expect(screen.queryByText('carla')).toBeNull())
    expect(screen.getByText('ana')).toBeDefined()
    expect(api.graph.rejectRequest).toHaveBeenCalledWith({ params: { username: 'carla' } })
  })

  it('stay where the answer does not arrive', async () => {
    fakeApi({ ...answers, 'graph.acceptRequest': () => Promise.reject(new TintypeError('unavailable')) })
    const { user } = await renderRoute('/requests', { me: ben })
    await user.click(await screen.findByRole('button', { name: 'Confirm ana as a follower' }))
    expect(await screen.findByText(new TintypeError('unavailable').message)).toBeDefined()
    expect(screen.getByRole('button', { name: 'Confirm ana as a follower' })).toBeDefined()
  })

  it('say what the place is for while nobody asks', async () => {
    fakeApi({ ...answers, 'graph.requests': async () => page([]) })
    await renderRoute('/requests', { me: ben })
    expect(await screen.findByRole('heading', { name: 'No requests waiting' })).toBeDefined()
  })

  it('are asked for again after an error', async () => {
    const requests = vi.fn(answers['graph.requests'])
    requests.mockRejectedValueOnce(new TintypeError('internal'))
    fakeApi({ ...answers, 'graph.requests': requests })
    const { user } = await renderRoute('/requests', { me: ben })
    await user.click(await screen.findByRole('button', { name: 'Try again' }))
    expect(await screen.findByText('ana')).toBeDefined()
  })
})
