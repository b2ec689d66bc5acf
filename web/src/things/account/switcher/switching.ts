import { queryOptions } from '@tanstack/react-query'
import { type Me, TintypeError, type UserId } from '@tintype/contract'
import { api } from '../../../data/client.ts'
import { storeMember } from '../../../data/member.ts'
import { clearOffline } from '../../../data/offline-feed.ts'
import { forgetPush } from '../../../data/push.ts'
import { RENEWAL } from '../../../data/renewal.ts'
import { endSession } from '../../../data/session-end.ts'
import { writeStored } from '../../../data/storage.ts'

export const accountsQuery = queryOptions({
  queryKey: ['browser-accounts'],
  queryFn: async () => {
    const accounts = await api.browser.accounts()
    noteOthers(accounts.some(({ current }) => !current))
    return accounts
  },
  staleTime: 0,
})

/** So that the log-in knows whether to ask for them, and whose drafts stay when one logs out. */
const noteOthers = (areThere: boolean) => writeStored('tintype.accounts', areThere ? '1' : null)

/** While the cookies change hands no tab renews a session: two would spend one token. */
const alone = <T>(change: () => Promise<T>): Promise<T> =>
  navigator.locks ? navigator.locks.request(RENEWAL, change).then((done) => done) : change()

/**
 * The page begins anew: nothing in it outlives the change, and other tabs hear of it by what is stored. Something may wait on this
 * device of whoever comes: it is looked for once.
 */
async function beginAs(me: Me | null, path: string): Promise<void> {
  storeMember(me)
  for (const mark of ['tintype.sharing', 'tintype.sharing-story', 'tintype.unsent'] as const)
    writeStored(mark, '1')
  await clearOffline()
  location.assign(path)
}

/** Pushes first: should all end in between, nobody is told of what is another's. */
export async function switchTo(user_id: UserId): Promise<void> {
  await forgetPush('expired', undefined)
  const { user } = await alone(() => api.browser.switchTo({ body: { user_id } }))
  await beginAs(user, '/')
}

/** The one in use is put aside, and the log-in shown. */
export async function addAccount(): Promise<void> {
  await forgetPush('expired', undefined)
  await alone(() => api.browser.park())
  noteOthers(true)
  await beginAs(null, '/login')
}

/** One that is not in use. One that ended meanwhile is as good as logged out. */
export async function leaveAccount(user_id: UserId): Promise<void> {
  try {
    await alone(() => api.browser.leave({ body: { user_id } }))
  } catch (error) {
    if (!(error instanceof TintypeError && error.code === 'account_not_here')) throw error
  }
}

export async function leaveAll(): Promise<void> {
  await alone(() => api.browser.leaveAll())
  noteOthers(false)
  endSession('logged-out')
}
